extension WebPage {
    /// The page's style sheet: paper and ink by day, lamplight by night.
    static let style = """
        :root{color-scheme:light dark;--page:#f7f5f1;--paper:#fff;--ink:#1d1a17;--soft:#6d665e;\
        --rule:#e5e0d8;--accent:#b23c0a;--tint:#fbeee4;--mark:#ffe3a8;--good:#1f6b3a;--shadow:#1d1a1714}
        @media (prefers-color-scheme:dark){:root{--page:#141210;--paper:#1e1b18;--ink:#f2ede6;\
        --soft:#a69e94;--rule:#37322c;--accent:#ff9d63;--tint:#2b211a;--mark:#6b4d12;--good:#7fd6a0;\
        --shadow:#00000059}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:24px 20px 64px;max-width:840px;background:var(--page);\
        color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;\
        overflow-wrap:anywhere}
        header{display:flex;align-items:baseline;justify-content:space-between;gap:16px;\
        margin-bottom:18px}
        h1{white-space:nowrap;display:flex;align-items:center;gap:9px;margin:0;font-size:21px;font-weight:700;\
        letter-spacing:-.015em}
        h1 svg{width:26px;height:26px}
        .big{fill:#c2410c}.small{fill:#f0a35c}
        header p,#figures,#empty,footer{color:var(--soft);font-size:13.5px;margin:0}
        form{position:sticky;top:0;z-index:1;background:var(--page);padding:6px 0 10px;\
        margin-bottom:8px}
        .box{display:flex;align-items:center;gap:10px;background:var(--paper);\
        border:1px solid var(--rule);border-radius:14px;padding:7px 7px 7px 16px;\
        box-shadow:0 2px 14px var(--shadow);transition:border-color .12s}
        .box:focus-within{border-color:var(--accent)}
        .box>svg{flex:none;width:19px;height:19px;fill:none;stroke:var(--soft);stroke-width:1.8;\
        stroke-linecap:round}
        #query{flex:1;min-width:0;border:0;outline:0;background:none;color:inherit;font:inherit;\
        font-size:18px;padding:7px 0}
        ::placeholder{color:var(--soft);opacity:1}
        button{font:inherit;color:inherit;cursor:pointer}
        #ask{display:flex;align-items:center;gap:8px;border:0;border-radius:9px;padding:9px 14px;\
        background:var(--accent);color:var(--paper);font-weight:600;font-size:15px}
        #ask kbd{border-color:currentColor;color:inherit;background:none}
        #ask:hover{filter:brightness(1.08)}
        #ask:disabled{opacity:.45;cursor:default}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        #query:focus-visible{outline:0}
        .bar{display:flex;justify-content:space-between;align-items:center;\
        flex-wrap:wrap;gap:4px 12px;padding:9px 4px 0;min-height:36px}
        .modes{display:flex;flex-wrap:wrap;gap:2px}
        .modes label{cursor:pointer}
        .modes input{position:absolute;opacity:0}
        .modes span{display:block;padding:2px 11px;border-radius:99px;color:var(--soft);\
        font-size:13.5px}
        .modes input:checked+span{background:var(--tint);color:var(--accent);font-weight:600}
        .modes input:focus-visible+span{outline:2px solid var(--accent)}
        ol{list-style:none;margin:0;padding:0}
        .hit,.source{background:var(--paper);border:1px solid var(--rule);border-radius:12px;\
        margin:0 0 10px}
        .hit[aria-current=true]{border-color:var(--accent);box-shadow:0 0 0 1px var(--accent)}
        .open{display:block;width:100%;text-align:start;border:0;background:none;\
        padding:13px 18px 14px;border-radius:12px}
        .where{display:flex;gap:4px 10px;flex-wrap:wrap;align-items:baseline;\
        justify-content:space-between;font-size:13px;color:var(--soft)}
        .title{display:block;font-weight:640;font-size:16px;line-height:1.35;margin:1px 0 3px}
        .snippet{display:block}
        mark{background:var(--mark);color:inherit;border-radius:3px;padding:0 2px;margin:0 -2px;\
        box-decoration-break:clone;-webkit-box-decoration-break:clone}
        .path{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:12.5px}
        .link{border:0;background:none;padding:0;color:var(--accent);font-size:inherit}
        .link:hover{text-decoration:underline}
        h1 a{color:inherit;text-decoration:none}
        h2{line-height:1.25}
        header p{display:flex;gap:12px;align-items:baseline}
        .skip{position:absolute;left:-999px}
        .skip:focus{left:12px;top:8px;background:var(--paper);padding:8px 12px;z-index:9}
        .round{min-width:28px;min-height:28px;border-radius:99px;font-weight:650}
        .round:hover{background:var(--tint)}
        .link:disabled{color:var(--soft);cursor:default;text-decoration:none}
        .plain{border:1px solid var(--rule);background:var(--paper);border-radius:9px;\
        padding:8px 16px}
        .plain:hover{border-color:var(--accent)}
        #moreHits,#moreDocuments{display:block;margin:4px auto 0}
        #filters{margin:0 0 14px}
        summary{cursor:pointer;color:var(--soft);font-size:14px}
        summary:hover{color:var(--ink)}
        #facets{display:grid;gap:10px;padding:10px 0 4px}
        .facet{display:flex;gap:4px 12px;flex-wrap:wrap;align-items:baseline}
        .facet h2{flex:0 0 84px;margin:0;font-size:13.5px;font-weight:600;color:var(--soft)}
        .facet ul{display:flex;flex-wrap:wrap;gap:6px;list-style:none;margin:0;padding:0;flex:1 1 0;\
        min-width:200px}
        .chip{border:1px solid var(--rule);background:var(--paper);border-radius:99px;\
        padding:2px 11px;font-size:13.5px}
        .chip:hover{border-color:var(--accent)}
        .chip[aria-pressed=true]{background:var(--tint);border-color:var(--accent);\
        color:var(--accent);font-weight:600}
        .count{color:var(--soft);font-size:12.5px}
        .document{margin:0 0 22px}
        .document>h2{margin:0 0 1px;font-size:17px;font-weight:660;letter-spacing:-.01em}
        .facts{color:var(--soft);font-size:13px;font-weight:400;letter-spacing:0}
        .document>.path{margin:0 0 8px}
        p.path,.path{color:var(--soft);overflow-wrap:anywhere}
        .trail{font-weight:600;color:var(--ink);font-size:14px}
        a.open{color:inherit;text-decoration:none}
        .hit{margin:0 0 8px}
        .hit .open,.source .open{padding:10px 16px 11px}
        .open:hover{background:color-mix(in srgb,var(--tint) 55%,transparent)}
        .snippet{margin-top:2px}
        .note{color:var(--soft);font-size:13.5px;margin:0 0 10px}
        #answer{background:var(--tint);border:1px solid var(--rule);border-radius:14px;\
        padding:16px 20px;margin-bottom:18px}
        .turn+.turn{border-top:1px solid var(--rule);margin-top:14px;padding-top:14px}
        .turn h2{font-size:13px;font-weight:600;margin:0 0 2px;color:var(--accent)}
        .asked{margin:0 0 8px;color:var(--soft);font-size:14.5px;font-style:italic}
        .claim{margin:0 0 9px;font-size:17px}
        .standing{font-size:12.5px;border:1px solid var(--rule);border-radius:99px;\
        padding:1px 8px;margin-inline-start:4px;color:var(--soft);background:var(--paper);\
        white-space:nowrap}
        .standing.follows{color:var(--good);border-color:currentColor}
        .standing.notChecked{border-style:dashed}
        .reading{display:block;color:var(--soft);font-size:15px;margin-top:3px}
        .sources{margin:4px 0 8px}
        .sources summary{margin-bottom:8px}
        q{display:block;margin-top:4px;padding-inline-start:12px;border-inline-start:3px solid \
        var(--accent);quotes:none;white-space:pre-wrap}
        .source{margin-bottom:8px}
        #followForm{position:static;background:none;display:flex;flex-wrap:wrap;gap:8px 12px;\
        align-items:center;margin:6px 0 0;padding:0}
        #followUp,#nameFilter{flex:1 1 200px;min-width:0;border:1px solid var(--rule);font:inherit;\
        border-radius:9px;padding:8px 12px;background:var(--paper);color:inherit}
        sup{line-height:0}
        sup .link{font-weight:650;padding:0 3px;font-size:12px;min-height:24px}
        #library dl,.keys{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px;margin:12px 0}
        #library h2:focus,#readerTitle:focus{outline:0}
        dt{color:var(--soft)}
        dd{margin:0;overflow-wrap:anywhere}
        #library ul{padding:0;list-style:none}
        #library li{margin:0 0 9px}
        #library li .path{display:block}
        #library h3{font-size:16px;margin:22px 0 4px;overflow-wrap:anywhere}
        #nameFilter{width:100%}
        #library h4{margin:12px 0 2px;font-weight:600;color:var(--ink)}
        .line{position:static;background:none;display:flex;flex-wrap:wrap;gap:8px 14px;\
        align-items:center;margin:4px 0 8px;padding:0}
        .line .link{min-height:26px;font-size:14px}.line .note{margin:0}
        #folderPath{flex:1 1 240px;min-width:0;border:1px solid var(--rule);font:inherit;\
        border-radius:9px;padding:8px 12px;background:var(--paper);color:inherit}
        #library .job{display:flex;flex-wrap:wrap;gap:4px 14px;align-items:center}
        #library .job .path{display:inline}
        progress{accent-color:var(--accent);flex:0 1 160px}
        #savedList{margin-top:8px}
        #drop{position:fixed;inset:0;z-index:8;display:grid;place-items:center;\
        background:color-mix(in srgb,var(--page) 85%,transparent);border:3px dashed var(--accent);\
        font-size:22px;pointer-events:none}
        .notes ul{margin:8px 0}
        dialog{border:1px solid var(--rule);border-radius:14px;background:var(--paper);\
        color:var(--ink);padding:20px 26px;max-width:min(480px,92vw)}
        dialog::backdrop{background:#0006}
        #reader{position:fixed;inset:0 0 0 auto;width:min(100vw,760px);background:var(--paper);\
        border-inline-start:1px solid var(--rule);box-shadow:-8px 0 30px var(--shadow);\
        display:flex;flex-direction:column;z-index:5}
        #readerHead{padding:14px 22px 10px;border-bottom:1px solid var(--rule);position:relative}
        #closeReader{position:absolute;inset:12px 14px auto auto;font-size:22px;line-height:1;\
        width:34px;height:34px}
        #readerTitle{margin:0 36px 0 0;font-size:18px}
        #readerPath{margin:2px 36px 6px 0}
        .tools{display:flex;flex-wrap:wrap;gap:4px 16px;align-items:center;font-size:14px}
        .tools .link{min-height:26px}
        a.link{color:var(--accent);text-decoration:none}
        #readerPlace{color:var(--soft)}
        #outline{margin-top:6px}
        #outlineList{max-height:34vh;overflow:auto;margin:6px 0 0;font-size:14.5px}
        #outlineList .link{text-align:start;min-height:26px}
        .level2{padding-inline-start:14px}.level3{padding-inline-start:28px}\
        .level4{padding-inline-start:42px}
        #readerBody{overflow:auto;padding:18px 22px 60px;flex:1;overscroll-behavior:contain}
        #readerBody:focus-visible{outline-offset:-3px}
        #similarList:not(:empty){max-height:42vh;overflow:auto;border-top:1px solid var(--rule);\
        padding:12px 22px;background:var(--page)}
        #similarList h3{margin:0 0 8px;font-size:14px;color:var(--soft)}
        article h3,article h4,article h5,article h6{margin:22px 0 6px;font-size:17px}
        article h5,article h6{font-size:15px}
        .passage{white-space:pre-wrap;margin:0 -10px 8px;padding:4px 10px;border-radius:8px;\
        border-inline-start:3px solid transparent;scroll-margin:90px}
        pre.passage{font:13.5px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace;overflow-x:auto;\
        white-space:pre}
        .marked{background:var(--tint);border-inline-start-color:var(--accent)}
        .row::before{content:attr(data-line);display:inline-block;width:4ch;margin-inline-end:14px;\
        text-align:end;color:var(--soft);user-select:none}
        .walk{display:flex;justify-content:space-between;gap:12px;font-size:14px;margin-bottom:8px}
        .sheet{position:relative;border:1px solid var(--rule);background:#fff;line-height:0}
        .sheet img{width:100%;height:auto;min-height:200px}
        .sheet .box{position:absolute;padding:0;border:0;box-shadow:none;border-radius:2px;\
        background:#ffb02059;mix-blend-mode:multiply;outline:1px solid #c2410c}
        .plain li{margin-bottom:8px}
        ol.plain{border:0;background:none;padding:0}
        blockquote{margin:6px 0 0;padding-inline-start:12px;border-inline-start:3px solid \
        var(--accent);white-space:pre-wrap}
        .far .snippet{color:var(--soft)}.far mark{color:var(--ink)}
        .note{color:var(--soft);font-size:13.5px;margin:0 0 10px}
        .busy{color:var(--soft);margin:0 0 10px;animation:breathe 1.2s ease-in-out infinite}
        @keyframes breathe{50%{opacity:.45}}
        #empty{text-align:center;padding:26px 0}
        footer{display:flex;flex-wrap:wrap;gap:6px 20px;justify-content:center;padding-top:22px}
        kbd{font:12px/1.3 ui-monospace,Menlo,Consolas,monospace;border:1px solid var(--rule);\
        border-radius:5px;padding:1px 5px;color:var(--soft)}
        [hidden]{display:none!important}
        @media (min-width:1240px){body.reads{max-width:none;margin:0;padding-inline:32px;\
        width:calc(100vw - min(760px,52vw))}#reader{width:min(760px,52vw)}}
        @media (min-width:2200px){body{font-size:19px;max-width:1080px}}
        @media (max-width:560px){body{padding:14px 12px 40px}footer,#ask kbd{display:none}\
        #reader{width:100vw}#readerHead,#readerBody{padding-inline:14px}.facet h2{flex-basis:100%}\
        #query{font-size:16px}#ask{padding:9px 11px}.modes span{padding:2px 9px}\
        #library dl{grid-template-columns:1fr}dt{margin-top:6px}}
        @media print{form,footer,#filters,header p,.tools,#closeReader,#moreHits,.skip\
        {display:none!important}body,#reader{background:#fff;color:#000}\
        #reader{position:static;width:auto;box-shadow:none;border:0}#readerBody{overflow:visible}\
        body.reads main{display:none}}
        @media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
        """
}
