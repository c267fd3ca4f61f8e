extension WebPage {
    /// The page's style sheet: paper and ink by day, lamplight by night.
    static let style = """
        :root{color-scheme:light dark;--page:#f7f5f1;--paper:#fff;--ink:#1d1a17;--soft:#6d665e;\
        --rule:#e5e0d8;--accent:#b23c0a;--tint:#fbeee4;--mark:#ffe3a8;--shadow:#1d1a1714}
        @media (prefers-color-scheme:dark){:root{--page:#141210;--paper:#1e1b18;--ink:#f2ede6;\
        --soft:#a69e94;--rule:#37322c;--accent:#ff9d63;--tint:#2b211a;--mark:#6b4d12;\
        --shadow:#00000059}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:28px 20px 64px;max-width:800px;background:var(--page);\
        color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;\
        overflow-wrap:anywhere}
        header{display:flex;align-items:baseline;justify-content:space-between;gap:16px;\
        margin-bottom:18px}
        h1{display:flex;align-items:center;gap:9px;margin:0;font-size:21px;font-weight:700;\
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
        #query::placeholder{color:var(--soft);opacity:.8}
        button{font:inherit;color:inherit;cursor:pointer}
        #ask{display:flex;align-items:center;gap:8px;border:0;border-radius:9px;padding:9px 14px;\
        background:var(--accent);color:var(--paper);font-weight:600;font-size:15px}
        #ask kbd{border-color:currentColor;color:inherit;opacity:.75;background:none}
        #ask:hover{filter:brightness(1.08)}
        #ask:disabled{opacity:.45;cursor:default}
        :focus-visible{outline:2px solid var(--accent);outline-offset:2px}
        #query:focus-visible{outline:0}
        .bar{display:flex;justify-content:space-between;align-items:center;\
        flex-wrap:wrap;gap:4px 12px;padding:9px 4px 0;min-height:36px}
        .modes{display:flex;gap:2px;white-space:nowrap}
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
        .snippet{display:block;color:var(--ink);opacity:.88}
        mark{background:var(--mark);color:inherit;border-radius:3px;padding:0 2px;margin:0 -2px;\
        box-decoration-break:clone;-webkit-box-decoration-break:clone}
        .path{font-family:ui-monospace,"SF Mono",Menlo,Consolas,monospace;font-size:12.5px}
        .hit:has(.full) .snippet,.source:has(.full) blockquote{display:none}
        .full{border-top:1px solid var(--rule);padding:14px 18px 12px;white-space:pre-wrap}
        .walk{display:flex;gap:16px;padding:0 18px 14px;font-size:13.5px}
        .link{border:0;background:none;padding:0;color:var(--accent);font-size:inherit}
        .link:hover{text-decoration:underline}
        #answer{background:var(--tint);border:1px solid var(--rule);border-radius:14px;\
        padding:18px 20px 10px;margin-bottom:18px}
        #answer h2{font-size:13px;font-weight:600;margin:0 0 8px;color:var(--accent);\
        letter-spacing:.01em}
        #answer .claim{margin:0 0 8px;font-size:17px}
        .claim+.source,.claim+.note{margin-top:14px}
        sup{line-height:0}
        sup .link{font-weight:650;padding:0 2px;font-size:12px}
        .source .open{padding:10px 16px 11px}
        .number{color:var(--accent);font-weight:650;margin-inline-end:6px}
        blockquote{margin:6px 0 0;padding-inline-start:12px;border-inline-start:3px solid \
        var(--accent);white-space:pre-wrap}
        .far{opacity:.55}
        .note{color:var(--soft);font-size:13.5px;margin:0 0 10px}
        .busy{color:var(--soft);margin:0 0 10px;animation:breathe 1.2s ease-in-out infinite}
        @keyframes breathe{50%{opacity:.45}}
        #empty{text-align:center;padding:26px 0}
        footer{display:flex;flex-wrap:wrap;gap:6px 20px;justify-content:center;padding-top:22px}
        kbd{font:12px/1.3 ui-monospace,Menlo,Consolas,monospace;border:1px solid var(--rule);\
        border-radius:5px;padding:1px 5px;color:var(--soft)}
        [hidden]{display:none!important}
        @media (max-width:560px){body{padding:16px 12px 40px}header p,footer,#ask kbd\
        {display:none}}
        @media (prefers-reduced-motion:reduce){*{animation:none!important;transition:none!important}}
        """
}
