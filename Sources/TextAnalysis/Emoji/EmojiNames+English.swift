extension EmojiNames {
    /// The English names, sorted by their bytes: a name, its emoji, a bar.
    ///
    /// Facts of Unicode's Common Locale Data Repository: short names of emoji of one character, and of flags,
    /// folded.
    static let english = #"""
        1st place medal🥇|2nd place medal🥈|3rd place medal🥉|a button blood type🅰|\#
        ab button blood type🆎|abacus🧮|accordion🪗|adhesive bandage🩹|admission tickets🎟|\#
        aerial tramway🚡|afghanistan🇦🇫|airplane✈|airplane arrival🛬|airplane departure🛫|\#
        aland islands🇦🇽|alarm clock⏰|albania🇦🇱|alembic⚗|algeria🇩🇿|alien👽|alien monster👾|ambulance🚑|\#
        american football🏈|american samoa🇦🇸|amphora🏺|anatomical heart🫀|anchor⚓|andorra🇦🇩|\#
        anger symbol💢|angola🇦🇴|angry face😠|angry face with horns👿|anguilla🇦🇮|anguished face😧|ant🐜|\#
        antarctica🇦🇶|antenna bars📶|antigua barbuda🇦🇬|anxious face with sweat😰|aquarius♒|argentina🇦🇷|\#
        aries♈|armenia🇦🇲|articulated lorry🚛|artist palette🎨|aruba🇦🇼|ascension island🇦🇨|\#
        astonished face😲|atm sign🏧|atom symbol⚛|australia🇦🇺|austria🇦🇹|auto rickshaw🛺|automobile🚗|\#
        avocado🥑|axe🪓|azerbaijan🇦🇿|b button blood type🅱|baby👶|baby angel👼|baby bottle🍼|baby chick🐤|\#
        baby symbol🚼|back arrow🔙|backhand index pointing down👇|backhand index pointing left👈|\#
        backhand index pointing right👉|backhand index pointing up👆|backpack🎒|bacon🥓|badger🦡|\#
        badminton🏸|bagel🥯|baggage claim🛄|baguette bread🥖|bahamas🇧🇸|bahrain🇧🇭|balance scale⚖|bald🦲|\#
        ballet shoes🩰|balloon🎈|ballot box with ballot🗳|banana🍌|bangladesh🇧🇩|banjo🪕|bank🏦|bar chart📊|\#
        barbados🇧🇧|barber pole💈|baseball⚾|basket🧺|basketball🏀|bat🦇|bathtub🛁|battery🔋|\#
        beach with umbrella🏖|beaming face with smiling eyes😁|beans🫘|bear🐻|beating heart💓|beaver🦫|\#
        bed🛏|beer mug🍺|beetle🪲|belarus🇧🇾|belgium🇧🇪|belize🇧🇿|bell🔔|bell pepper🫑|bell with slash🔕|\#
        bellhop bell🛎|benin🇧🇯|bento box🍱|bermuda🇧🇲|beverage box🧃|bhutan🇧🇹|bicycle🚲|bikini👙|\#
        billed cap🧢|biohazard☣|bird🐦|birthday cake🎂|bison🦬|biting lip🫦|black circle⚫|black flag🏴|\#
        black heart🖤|black large square⬛|black medium small square◾|black medium square◼|black nib✒|\#
        black small square▪|black square button🔲|blossom🌼|blowfish🐡|blue book📘|blue circle🔵|\#
        blue heart💙|blue square🟦|blueberries🫐|boar🐗|bolivia🇧🇴|bomb💣|bone🦴|bookmark🔖|bookmark tabs📑|\#
        books📚|boomerang🪃|bosnia herzegovina🇧🇦|botswana🇧🇼|bottle with popping cork🍾|bouquet💐|\#
        bouvet island🇧🇻|bow and arrow🏹|bowl with spoon🥣|bowling🎳|boxing glove🥊|boy👦|brain🧠|brazil🇧🇷|\#
        bread🍞|breast feeding🤱|brick🧱|bridge at night🌉|briefcase💼|briefs🩲|bright button🔆|\#
        british indian ocean territory🇮🇴|british virgin islands🇻🇬|broccoli🥦|broken heart💔|broom🧹|\#
        brown circle🟤|brown heart🤎|brown square🟫|brunei🇧🇳|bubble tea🧋|bubbles🫧|bucket🪣|bug🐛|\#
        building construction🏗|bulgaria🇧🇬|bullet train🚅|bullseye🎯|burkina faso🇧🇫|burrito🌯|burundi🇧🇮|\#
        bus🚌|bus stop🚏|bust in silhouette👤|busts in silhouette👥|butter🧈|butterfly🦋|cactus🌵|\#
        calendar📅|call me hand🤙|cambodia🇰🇭|camel🐪|camera📷|camera with flash📸|cameroon🇨🇲|camping🏕|\#
        canada🇨🇦|canary islands🇮🇨|cancer♋|candle🕯|candy🍬|canned food🥫|canoe🛶|cape verde🇨🇻|\#
        capricorn♑|card file box🗃|card index📇|card index dividers🗂|caribbean netherlands🇧🇶|\#
        carousel horse🎠|carp streamer🎏|carpentry saw🪚|carrot🥕|castle🏰|cat🐈|cat face🐱|\#
        cat with tears of joy😹|cat with wry smile😼|cayman islands🇰🇾|central african republic🇨🇫|\#
        ceuta melilla🇪🇦|chad🇹🇩|chains⛓|chair🪑|chart decreasing📉|chart increasing📈|\#
        chart increasing with yen💹|check box with check☑|check mark✔|check mark button✅|\#
        cheese wedge🧀|chequered flag🏁|cherries🍒|cherry blossom🌸|chess pawn♟|chestnut🌰|chicken🐔|\#
        child🧒|children crossing🚸|chile🇨🇱|china🇨🇳|chipmunk🐿|chocolate bar🍫|chopsticks🥢|\#
        christmas island🇨🇽|christmas tree🎄|church⛪|cigarette🚬|cinema🎦|circled mⓂ|circus tent🎪|\#
        cityscape🏙|cityscape at dusk🌆|cl button🆑|clamp🗜|clapper board🎬|clapping hands👏|\#
        classical building🏛|clinking beer mugs🍻|clinking glasses🥂|clipboard📋|clipperton island🇨🇵|\#
        clockwise vertical arrows🔃|closed book📕|closed mailbox with lowered flag📪|\#
        closed mailbox with raised flag📫|closed umbrella🌂|cloud☁|cloud with lightning🌩|\#
        cloud with lightning and rain⛈|cloud with rain🌧|cloud with snow🌨|clown face🤡|club suit♣|\#
        clutch bag👝|coat🧥|cockroach🪳|cocktail glass🍸|coconut🥥|cocos keeling islands🇨🇨|coffin⚰|coin🪙|\#
        cold face🥶|collision💥|colombia🇨🇴|comet☄|comoros🇰🇲|compass🧭|computer disk💽|computer mouse🖱|\#
        confetti ball🎊|confounded face😖|confused face😕|congo brazzaville🇨🇬|congo kinshasa🇨🇩|\#
        construction🚧|construction worker👷|control knobs🎛|convenience store🏪|cook islands🇨🇰|\#
        cooked rice🍚|cookie🍪|cooking🍳|cool button🆒|copyright©|coral🪸|costa rica🇨🇷|cote d ivoire🇨🇮|\#
        couch and lamp🛋|counterclockwise arrows button🔄|couple with heart💑|cow🐄|cow face🐮|\#
        cowboy hat face🤠|crab🦀|cracking face🫫|crayon🖍|credit card💳|crescent moon🌙|cricket🦗|\#
        cricket game🏏|croatia🇭🇷|crocodile🐊|croissant🥐|cross mark❌|cross mark button❎|\#
        crossed fingers🤞|crossed flags🎌|crossed swords⚔|crown👑|crutch🩼|crying cat😿|crying face😢|\#
        crystal ball🔮|cuba🇨🇺|cucumber🥒|cup with straw🥤|cupcake🧁|curacao🇨🇼|curling stone🥌|\#
        curly hair🦱|curly loop➰|currency exchange💱|curry rice🍛|custard🍮|customs🛃|cut of meat🥩|\#
        cyclone🌀|cyprus🇨🇾|czechia🇨🇿|dagger🗡|dango🍡|dashing away💨|deaf person🧏|deciduous tree🌳|deer🦌|\#
        delivery truck🚚|denmark🇩🇰|department store🏬|derelict house🏚|desert🏜|desert island🏝|\#
        desktop computer🖥|detective🕵|diamond suit♦|diamond with a dot💠|diego garcia🇩🇬|dim button🔅|\#
        disappointed face😞|disguised face🥸|distorted face🫪|divide➗|diving mask🤿|diya lamp🪔|dizzy💫|\#
        djibouti🇩🇯|dna🧬|dodo🦤|dog🐕|dog face🐶|dollar banknote💵|dolphin🐬|dominica🇩🇲|\#
        dominican republic🇩🇴|donkey🫏|door🚪|dotted line face🫥|dotted six pointed star🔯|\#
        double curly loop➿|double exclamation mark‼|doughnut🍩|dove🕊|down arrow⬇|down left arrow↙|\#
        down right arrow↘|downcast face with sweat😓|downwards button🔽|dragon🐉|dragon face🐲|dress👗|\#
        drooling face🤤|drop of blood🩸|droplet💧|drum🥁|duck🦆|dumpling🥟|dvd📀|e mail📧|eagle🦅|ear👂|\#
        ear of corn🌽|ear with hearing aid🦻|ecuador🇪🇨|egg🥚|eggplant🍆|egypt🇪🇬|eight o clock🕗|\#
        eight pointed star✴|eight spoked asterisk✳|eight thirty🕣|eject button⏏|el salvador🇸🇻|\#
        electric plug🔌|elephant🐘|elevator🛗|eleven o clock🕚|eleven thirty🕦|elf🧝|empty nest🪹|\#
        end arrow🔚|enraged face😡|envelope✉|envelope with arrow📩|equatorial guinea🇬🇶|eraser🪌|\#
        eritrea🇪🇷|estonia🇪🇪|eswatini🇸🇿|ethiopia🇪🇹|euro banknote💶|european union🇪🇺|evergreen tree🌲|\#
        ewe🐑|exclamation question mark⁉|exploding head🤯|expressionless face😑|eye👁|eyes👀|\#
        face blowing a kiss😘|face holding back tears🥹|face savoring food😋|face screaming in fear😱|\#
        face vomiting🤮|face with bags under eyes🫩|face with crossed out eyes😵|\#
        face with diagonal mouth🫤|face with hand over mouth🤭|face with head bandage🤕|\#
        face with medical mask😷|face with monocle🧐|face with open mouth😮|face with peeking eye🫣|\#
        face with raised eyebrow🤨|face with rolling eyes🙄|face with steam from nose😤|\#
        face with symbols on mouth🤬|face with tears of joy😂|face with thermometer🤒|\#
        face with tongue😛|face without mouth😶|factory🏭|fairy🧚|falafel🧆|falkland islands🇫🇰|\#
        fallen leaf🍂|family👪|faroe islands🇫🇴|fast down button⏬|fast forward button⏩|\#
        fast reverse button⏪|fast up button⏫|fax machine📠|fearful face😨|feather🪶|female sign♀|\#
        ferris wheel🎡|ferry⛴|field hockey🏑|fight cloud🫯|fiji🇫🇯|file cabinet🗄|file folder📁|\#
        film frames🎞|film projector📽|fingerprint🫆|finland🇫🇮|fire🔥|fire engine🚒|fire extinguisher🧯|\#
        firecracker🧨|fireworks🎆|first quarter moon🌓|first quarter moon face🌛|fish🐟|\#
        fish cake with swirl🍥|fishing pole🎣|five o clock🕔|five thirty🕠|flag in hole⛳|flamingo🦩|\#
        flashlight🔦|flat shoe🥿|flatbread🫓|fleur de lis⚜|flexed biceps💪|floppy disk💾|\#
        flower playing cards🎴|flushed face😳|flute🪈|fly🪰|flying disc🥏|flying saucer🛸|fog🌫|foggy🌁|\#
        folded hands🙏|folding hand fan🪭|fondue🫕|foot🦶|footprints👣|fork and knife🍴|\#
        fork and knife with plate🍽|fortune cookie🥠|fountain⛲|fountain pen🖋|four leaf clover🍀|\#
        four o clock🕓|four thirty🕟|fox🦊|framed picture🖼|france🇫🇷|free button🆓|french fries🍟|\#
        french guiana🇬🇫|french polynesia🇵🇫|french southern and antarctic lands🇹🇫|fried shrimp🍤|\#
        frog🐸|front facing baby chick🐥|frowning face☹|frowning face with open mouth😦|fuel pump⛽|\#
        full moon🌕|full moon face🌝|funeral urn⚱|gabon🇬🇦|gambia🇬🇲|game die🎲|garlic🧄|gear⚙|gem stone💎|\#
        gemini♊|genie🧞|georgia🇬🇪|germany🇩🇪|ghana🇬🇭|ghost👻|gibraltar🇬🇮|ginger root🫚|giraffe🦒|girl👧|\#
        glass of milk🥛|glasses👓|globe showing americas🌎|globe showing asia australia🌏|\#
        globe showing europe africa🌍|globe with meridians🌐|gloves🧤|glowing star🌟|goal net🥅|goat🐐|\#
        goblin👺|goggles🥽|goose🪿|gorilla🦍|graduation cap🎓|grapes🍇|gray heart🩶|greece🇬🇷|green apple🍏|\#
        green book📗|green circle🟢|green heart💚|green salad🥗|green square🟩|greenland🇬🇱|grenada🇬🇩|\#
        grimacing face😬|grinning cat😺|grinning cat with smiling eyes😸|grinning face😀|\#
        grinning face with big eyes😃|grinning face with smiling eyes😄|grinning face with sweat😅|\#
        grinning squinting face😆|growing heart💗|guadeloupe🇬🇵|guam🇬🇺|guard💂|guatemala🇬🇹|guernsey🇬🇬|\#
        guide dog🦮|guinea🇬🇳|guinea bissau🇬🇼|guitar🎸|guyana🇬🇾|hair pick🪮|hairy creature🫈|haiti🇭🇹|\#
        hamburger🍔|hammer🔨|hammer and pick⚒|hammer and wrench🛠|hamsa🪬|hamster🐹|\#
        hand with fingers splayed🖐|handbag👜|handshake🤝|harp🪉|hatching chick🐣|headphone🎧|headstone🪦|\#
        hear no evil monkey🙉|heard island mcdonald islands🇭🇲|heart decoration💟|heart exclamation❣|\#
        heart hands🫶|heart suit♥|heart with arrow💘|heart with ribbon💝|heavy dollar sign💲|\#
        heavy equals sign🟰|hedgehog🦔|helicopter🚁|herb🌿|hibiscus🌺|high heeled shoe👠|\#
        high speed train🚄|high voltage⚡|hiking boot🥾|hindu temple🛕|hippopotamus🦛|hole🕳|\#
        hollow red circle⭕|honduras🇭🇳|honey pot🍯|honeybee🐝|hong kong sar china🇭🇰|hook🪝|\#
        horizontal traffic light🚥|horse🐎|horse face🐴|horse racing🏇|hospital🏥|hot beverage☕|hot dog🌭|\#
        hot face🥵|hot pepper🌶|hot springs♨|hotel🏨|hourglass done⌛|hourglass not done⏳|house🏠|\#
        house with garden🏡|houses🏘|hundred points💯|hungary🇭🇺|hushed face😯|hut🛖|hyacinth🪻|ice🧊|\#
        ice cream🍨|ice hockey🏒|ice skate⛸|iceland🇮🇸|id button🆔|identification card🪪|inbox tray📥|\#
        incoming envelope📨|index pointing at the viewer🫵|index pointing up☝|india🇮🇳|indonesia🇮🇩|\#
        infinity♾|informationℹ|input latin letters🔤|input latin lowercase🔡|input latin uppercase🔠|\#
        input numbers🔢|input symbols🔣|iran🇮🇷|iraq🇮🇶|ireland🇮🇪|isle of man🇮🇲|israel🇮🇱|italy🇮🇹|\#
        jack o lantern🎃|jamaica🇯🇲|japan🇯🇵|japanese acceptable button🉑|japanese application button🈸|\#
        japanese bargain button🉐|japanese castle🏯|japanese congratulations button㊗|\#
        japanese discount button🈹|japanese dolls🎎|japanese free of charge button🈚|\#
        japanese here button🈁|japanese monthly amount button🈷|japanese no vacancy button🈵|\#
        japanese open for business button🈺|japanese passing grade button🈴|japanese post office🏣|\#
        japanese prohibited button🈲|japanese reserved button🈯|japanese secret button㊙|\#
        japanese service charge button🈂|japanese symbol for beginner🔰|japanese vacancy button🈳|jar🫙|\#
        jeans👖|jellyfish🪼|jersey🇯🇪|joker🃏|jordan🇯🇴|joystick🕹|kaaba🕋|kangaroo🦘|kazakhstan🇰🇿|kenya🇰🇪|\#
        key🔑|keyboard⌨|keycap 10🔟|khanda🪯|kick scooter🛴|kimono👘|kiribati🇰🇮|kiss💏|kiss mark💋|\#
        kissing cat😽|kissing face😗|kissing face with closed eyes😚|kissing face with smiling eyes😙|\#
        kitchen knife🔪|kite🪁|kiwi fruit🥝|knot🪢|koala🐨|kosovo🇽🇰|kuwait🇰🇼|kyrgyzstan🇰🇬|lab coat🥼|\#
        label🏷|lacrosse🥍|ladder🪜|lady beetle🐞|landslide🛘|laos🇱🇦|laptop💻|large blue diamond🔷|\#
        large orange diamond🔶|last quarter moon🌗|last quarter moon face🌜|last track button⏮|\#
        latin cross✝|latvia🇱🇻|leaf fluttering in wind🍃|leafless tree🪾|leafy green🥬|lebanon🇱🇧|\#
        ledger📒|left arrow⬅|left arrow curving right↪|left facing fist🤛|left luggage🛅|\#
        left right arrow↔|left speech bubble🗨|leftwards hand🫲|leftwards pushing hand🫷|\#
        leftwards thumb sign🫹|leg🦵|lemon🍋|leo♌|leopard🐆|lesotho🇱🇸|level slider🎚|liberia🇱🇷|libra♎|\#
        libya🇱🇾|liechtenstein🇱🇮|light blue heart🩵|light bulb💡|light rail🚈|lighthouse🛙|link🔗|\#
        linked paperclips🖇|lion🦁|lipstick💄|lithuania🇱🇹|litter in bin sign🚮|lizard🦎|llama🦙|lobster🦞|\#
        locked🔒|locked with key🔐|locked with pen🔏|locomotive🚂|lollipop🍭|long drum🪘|lotion bottle🧴|\#
        lotus🪷|loudly crying face😭|loudspeaker📢|love hotel🏩|love letter💌|love you gesture🤟|\#
        low battery🪫|luggage🧳|lungs🫁|luxembourg🇱🇺|lying face🤥|macao sar china🇲🇴|madagascar🇲🇬|mage🧙|\#
        magic wand🪄|magnet🧲|magnifying glass tilted left🔍|magnifying glass tilted right🔎|\#
        mahjong red dragon🀄|malawi🇲🇼|malaysia🇲🇾|maldives🇲🇻|male sign♂|mali🇲🇱|malta🇲🇹|mammoth🦣|man👨|\#
        man dancing🕺|man s shoe👞|mango🥭|mantelpiece clock🕰|manual wheelchair🦽|map of japan🗾|\#
        maple leaf🍁|maracas🪇|marshall islands🇲🇭|martial arts uniform🥋|martinique🇲🇶|mate🧉|\#
        mauritania🇲🇷|mauritius🇲🇺|mayotte🇾🇹|meat on bone🍖|mechanical arm🦾|mechanical leg🦿|\#
        medical symbol⚕|megaphone📣|melon🍈|melting face🫠|memo📝|men holding hands👬|men s room🚹|\#
        menorah🕎|merperson🧜|meteor🪋|metro🚇|mexico🇲🇽|microbe🦠|micronesia🇫🇲|microphone🎤|microscope🔬|\#
        middle finger🖕|military helmet🪖|military medal🎖|milky way🌌|minibus🚐|minus➖|mirror🪞|\#
        mirror ball🪩|moai🗿|mobile phone📱|mobile phone off📴|mobile phone with arrow📲|moldova🇲🇩|\#
        monaco🇲🇨|monarch butterfly🫌|money bag💰|money mouth face🤑|money with wings💸|mongolia🇲🇳|\#
        monkey🐒|monkey face🐵|monorail🚝|montenegro🇲🇪|montserrat🇲🇸|moon cake🥮|moon viewing ceremony🎑|\#
        moose🫎|morocco🇲🇦|mosque🕌|mosquito🦟|motor boat🛥|motor scooter🛵|motorcycle🏍|\#
        motorized wheelchair🦼|motorway🛣|mount fuji🗻|mountain⛰|mountain cableway🚠|mountain railway🚞|\#
        mouse🐁|mouse face🐭|mouse trap🪤|mouth👄|movie camera🎥|mozambique🇲🇿|mrs claus🤶|multiply✖|\#
        mushroom🍄|musical keyboard🎹|musical note🎵|musical notes🎶|musical score🎼|muted speaker🔇|\#
        myanmar burma🇲🇲|nail polish💅|name badge📛|namibia🇳🇦|national park🏞|nauru🇳🇷|nauseated face🤢|\#
        nazar amulet🧿|necktie👔|nepal🇳🇵|nerd face🤓|nest with eggs🪺|nesting dolls🪆|net with handle🪍|\#
        netherlands🇳🇱|neutral face😐|new button🆕|new caledonia🇳🇨|new moon🌑|new moon face🌚|\#
        new zealand🇳🇿|newspaper📰|next track button⏭|ng button🆖|nicaragua🇳🇮|niger🇳🇪|nigeria🇳🇬|\#
        night with stars🌃|nine o clock🕘|nine thirty🕤|ninja🥷|niue🇳🇺|no bicycles🚳|no entry⛔|\#
        no littering🚯|no mobile phones📵|no one under eighteen🔞|no pedestrians🚷|no smoking🚭|\#
        non potable water🚱|norfolk island🇳🇫|north korea🇰🇵|north macedonia🇲🇰|\#
        northern mariana islands🇲🇵|norway🇳🇴|nose👃|notebook📓|notebook with decorative cover📔|\#
        nut and bolt🔩|o button blood type🅾|octopus🐙|oden🍢|office building🏢|ogre👹|oil drum🛢|\#
        ok button🆗|ok hand👌|old key🗝|old man👴|old woman👵|older person🧓|olive🫒|oman🇴🇲|on arrow🔛|\#
        oncoming automobile🚘|oncoming bus🚍|oncoming fist👊|oncoming police car🚔|oncoming taxi🚖|\#
        one o clock🕐|one piece swimsuit🩱|one thirty🕜|onion🧅|open book📖|open file folder📂|\#
        open hands👐|open mailbox with lowered flag📭|open mailbox with raised flag📬|ophiuchus⛎|\#
        optical disk💿|orange book📙|orange circle🟠|orange heart🧡|orange square🟧|orangutan🦧|orca🫍|\#
        orthodox cross☦|otter🦦|outbox tray📤|owl🦉|oyster🦪|p button🅿|package📦|page facing up📄|\#
        page with curl📃|pager📟|paintbrush🖌|pakistan🇵🇰|palau🇵🇼|palestinian territories🇵🇸|\#
        palm down hand🫳|palm tree🌴|palm up hand🫴|palms up together🤲|panama🇵🇦|pancakes🥞|panda🐼|\#
        paperclip📎|papua new guinea🇵🇬|parachute🪂|paraguay🇵🇾|parrot🦜|part alternation mark〽|\#
        party popper🎉|partying face🥳|passenger ship🛳|passport control🛂|pause button⏸|paw prints🐾|\#
        pea pod🫛|peace symbol☮|peach🍑|peacock🦚|peanuts🥜|pear🍐|pen🖊|pencil✏|penguin🐧|pensive face😔|\#
        people hugging🫂|people with bunny ears👯|people wrestling🤼|performing arts🎭|\#
        persevering face😣|person🧑|person beard🧔|person biking🚴|person blond hair👱|\#
        person bouncing ball⛹|person bowing🙇|person cartwheeling🤸|person climbing🧗|\#
        person facepalming🤦|person fencing🤺|person frowning🙍|person gesturing no🙅|\#
        person gesturing ok🙆|person getting haircut💇|person getting massage💆|person golfing🏌|\#
        person in bed🛌|person in lotus position🧘|person in steamy room🧖|person in suit levitating🕴|\#
        person in tuxedo🤵|person juggling🤹|person kneeling🧎|person lifting weights🏋|\#
        person mountain biking🚵|person playing handball🤾|person playing water polo🤽|person pouting🙎|\#
        person raising hand🙋|person rowing boat🚣|person running🏃|person shrugging🤷|person standing🧍|\#
        person surfing🏄|person swimming🏊|person taking bath🛀|person tipping hand💁|person walking🚶|\#
        person wearing turban👳|person with crown🫅|person with skullcap👲|person with veil👰|peru🇵🇪|\#
        petri dish🧫|philippines🇵🇭|pick⛏|pickle🫝|pickup truck🛻|pie🥧|pig🐖|pig face🐷|pig nose🐽|\#
        pile of poo💩|pill💊|pinata🪅|pinched fingers🤌|pinching hand🤏|pine decoration🎍|pineapple🍍|\#
        ping pong🏓|pink heart🩷|pisces♓|pitcairn islands🇵🇳|pizza🍕|placard🪧|place of worship🛐|\#
        play button▶|play or pause button⏯|playground slide🛝|pleading face🥺|plunger🪠|plus➕|poland🇵🇱|\#
        police car🚓|police car light🚨|police officer👮|poodle🐩|pool 8 ball🎱|popcorn🍿|portugal🇵🇹|\#
        post office🏤|postal horn📯|postbox📮|pot of food🍲|potable water🚰|potato🥔|potted plant🪴|\#
        poultry leg🍗|pound banknote💷|pouring liquid🫗|pouting cat😾|prayer beads📿|pregnant man🫃|\#
        pregnant person🫄|pregnant woman🤰|pretzel🥨|prince🤴|princess👸|printer🖨|prohibited🚫|\#
        puerto rico🇵🇷|purple circle🟣|purple heart💜|purple square🟪|purse👛|pushpin📌|puzzle piece🧩|\#
        qatar🇶🇦|rabbit🐇|rabbit face🐰|raccoon🦝|racing car🏎|radio📻|radio button🔘|radioactive☢|\#
        railway car🚃|railway track🛤|rainbow🌈|raised back of hand🤚|raised fist✊|raised hand✋|\#
        raising hands🙌|ram🐏|rat🐀|razor🪒|receipt🧾|record button⏺|recycling symbol♻|red apple🍎|\#
        red circle🔴|red envelope🧧|red exclamation mark❗|red hair🦰|red heart❤|red paper lantern🏮|\#
        red question mark❓|red square🟥|red triangle pointed down🔻|red triangle pointed up🔺|\#
        registered®|relieved face😌|reminder ribbon🎗|repeat button🔁|repeat single button🔂|\#
        rescue worker s helmet⛑|restroom🚻|reunion🇷🇪|reverse button◀|revolving hearts💞|rhinoceros🦏|\#
        ribbon🎀|rice ball🍙|rice cracker🍘|right anger bubble🗯|right arrow➡|right arrow curving down⤵|\#
        right arrow curving left↩|right arrow curving up⤴|right facing fist🤜|rightwards hand🫱|\#
        rightwards pushing hand🫸|rightwards thumb sign🫺|ring💍|ring buoy🛟|ringed planet🪐|\#
        roasted sweet potato🍠|robot🤖|rock🪨|rocket🚀|roll of paper🧻|rolled up newspaper🗞|\#
        roller coaster🎢|roller skate🛼|rolling on the floor laughing🤣|romania🇷🇴|rooster🐓|\#
        root vegetable🫜|rose🌹|rosette🏵|round pushpin📍|rugby football🏉|running shirt🎽|running shoe👟|\#
        russia🇷🇺|rwanda🇷🇼|sad but relieved face😥|safety pin🧷|safety vest🦺|sagittarius♐|sailboat⛵|\#
        sake🍶|salt🧂|saluting face🫡|samoa🇼🇸|san marino🇸🇲|sandwich🥪|santa claus🎅|sao tome principe🇸🇹|\#
        sari🥻|sark🇨🇶|satellite🛰|satellite antenna📡|saudi arabia🇸🇦|sauropod🦕|saxophone🎷|scarf🧣|\#
        school🏫|scissors✂|scorpio♏|scorpion🦂|screwdriver🪛|scroll📜|seal🦭|seat💺|see no evil monkey🙈|\#
        seedling🌱|selfie🤳|senegal🇸🇳|serbia🇷🇸|seven o clock🕖|seven thirty🕢|sewing needle🪡|\#
        seychelles🇸🇨|shaking face🫨|shallow pan of food🥘|shamrock☘|shark🦈|shaved ice🍧|sheaf of rice🌾|\#
        shield🛡|shinto shrine⛩|ship🚢|shooting star🌠|shopping bags🛍|shopping cart🛒|shortcake🍰|\#
        shorts🩳|shovel🪏|shower🚿|shrimp🦐|shuffle tracks button🔀|shushing face🤫|sierra leone🇸🇱|\#
        sign of the horns🤘|singapore🇸🇬|sint maarten🇸🇽|six o clock🕕|six thirty🕡|skateboard🛹|skier⛷|\#
        skis🎿|skull💀|skull and crossbones☠|skunk🦨|sled🛷|sleeping face😴|sleepy face😪|\#
        slightly frowning face🙁|slightly smiling face🙂|slot machine🎰|sloth🦥|slovakia🇸🇰|slovenia🇸🇮|\#
        small airplane🛩|small blue diamond🔹|small orange diamond🔸|smiling cat with heart eyes😻|\#
        smiling face☺|smiling face with halo😇|smiling face with heart eyes😍|\#
        smiling face with hearts🥰|smiling face with horns😈|smiling face with open hands🤗|\#
        smiling face with smiling eyes😊|smiling face with sunglasses😎|smiling face with tear🥲|\#
        smirking face😏|snail🐌|snake🐍|sneezing face🤧|snow capped mountain🏔|snowboarder🏂|snowflake❄|\#
        snowman☃|snowman without snow⛄|soap🧼|soccer ball⚽|socks🧦|soft ice cream🍦|softball🥎|\#
        solomon islands🇸🇧|somalia🇸🇴|soon arrow🔜|sos button🆘|south africa🇿🇦|\#
        south georgia south sandwich islands🇬🇸|south korea🇰🇷|south sudan🇸🇸|spade suit♠|spaghetti🍝|\#
        spain🇪🇸|sparkle❇|sparkler🎇|sparkles✨|sparkling heart💖|speak no evil monkey🙊|\#
        speaker high volume🔊|speaker low volume🔈|speaker medium volume🔉|speaking head🗣|\#
        speech balloon💬|speedboat🚤|spider🕷|spider web🕸|spiral calendar🗓|spiral notepad🗒|\#
        spiral shell🐚|splatter🫟|sponge🧽|spoon🥄|sport utility vehicle🚙|sports medal🏅|spouting whale🐳|\#
        squid🦑|squinting face with tongue😝|sri lanka🇱🇰|st barthelemy🇧🇱|st kitts nevis🇰🇳|st lucia🇱🇨|\#
        st martin🇲🇫|st pierre miquelon🇵🇲|st vincent grenadines🇻🇨|stadium🏟|star⭐|star and crescent☪|\#
        star of david✡|star struck🤩|station🚉|statue of liberty🗽|steaming bowl🍜|stethoscope🩺|\#
        stop button⏹|stop sign🛑|stopwatch⏱|straight ruler📏|strawberry🍓|studio microphone🎙|\#
        stuffed flatbread🥙|sudan🇸🇩|sun☀|sun behind cloud⛅|sun behind large cloud🌥|\#
        sun behind rain cloud🌦|sun behind small cloud🌤|sun with face🌞|sunflower🌻|sunglasses🕶|\#
        sunrise🌅|sunrise over mountains🌄|sunset🌇|superhero🦸|supervillain🦹|suriname🇸🇷|sushi🍣|\#
        suspension railway🚟|svalbard jan mayen🇸🇯|swan🦢|sweat droplets💦|sweden🇸🇪|switzerland🇨🇭|\#
        synagogue🕍|syria🇸🇾|syringe💉|t rex🦖|t shirt👕|taco🌮|taiwan🇹🇼|tajikistan🇹🇯|takeout box🥡|\#
        tamale🫔|tanabata tree🎋|tangerine🍊|tanzania🇹🇿|taurus♉|taxi🚕|teacup without handle🍵|teapot🫖|\#
        tear off calendar📆|teddy bear🧸|telephone☎|telephone receiver📞|telescope🔭|television📺|\#
        ten o clock🕙|ten thirty🕥|tennis🎾|tent⛺|test tube🧪|thailand🇹🇭|thermometer🌡|thinking face🤔|\#
        thong sandal🩴|thought balloon💭|thread🧵|three o clock🕒|three thirty🕞|thumbs down👎|thumbs up👍|\#
        ticket🎫|tiger🐅|tiger face🐯|timer clock⏲|timor leste🇹🇱|tired face😫|togo🇹🇬|toilet🚽|tokelau🇹🇰|\#
        tokyo tower🗼|tomato🍅|tonga🇹🇴|tongue👅|toolbox🧰|tooth🦷|toothbrush🪥|top arrow🔝|top hat🎩|\#
        tornado🌪|trackball🖲|tractor🚜|trade mark™|train🚆|tram🚊|tram car🚋|transgender symbol⚧|\#
        treasure chest🪎|triangular flag🚩|triangular ruler📐|trident emblem🔱|trinidad tobago🇹🇹|\#
        tristan da cunha🇹🇦|troll🧌|trolleybus🚎|trombone🪊|trophy🏆|tropical drink🍹|tropical fish🐠|\#
        trumpet🎺|tulip🌷|tumbler glass🥃|tunisia🇹🇳|turkey🦃|turkiye🇹🇷|turkmenistan🇹🇲|\#
        turks caicos islands🇹🇨|turtle🐢|tuvalu🇹🇻|twelve o clock🕛|twelve thirty🕧|two hearts💕|\#
        two hump camel🐫|two o clock🕑|two thirty🕝|u s outlying islands🇺🇲|u s virgin islands🇻🇮|\#
        uganda🇺🇬|ukraine🇺🇦|umbrella☂|umbrella on ground⛱|umbrella with rain drops☔|unamused face😒|\#
        unicorn🦄|united arab emirates🇦🇪|united kingdom🇬🇧|united nations🇺🇳|united states🇺🇸|unlocked🔓|\#
        up arrow⬆|up button🆙|up down arrow↕|up left arrow↖|up right arrow↗|upside down face🙃|\#
        upwards button🔼|uruguay🇺🇾|uzbekistan🇺🇿|vampire🧛|vanuatu🇻🇺|vatican city🇻🇦|venezuela🇻🇪|\#
        vertical traffic light🚦|vibration mode📳|victory hand✌|video camera📹|video game🎮|\#
        videocassette📼|vietnam🇻🇳|violin🎻|virgo♍|volcano🌋|volleyball🏐|vs button🆚|vulcan salute🖖|\#
        waffle🧇|wallis futuna🇼🇫|waning crescent moon🌘|waning gibbous moon🌖|warning⚠|wastebasket🗑|\#
        watch⌚|water buffalo🐃|water closet🚾|water pistol🔫|water wave🌊|watermelon🍉|waving hand👋|\#
        wavy dash〰|waxing crescent moon🌒|waxing gibbous moon🌔|weary cat🙀|weary face😩|wedding💒|\#
        western sahara🇪🇭|whale🐋|wheel🛞|wheel of dharma☸|wheelchair symbol♿|white cane🦯|\#
        white circle⚪|white exclamation mark❕|white flag🏳|white flower💮|white hair🦳|white heart🤍|\#
        white large square⬜|white medium small square◽|white medium square◻|white question mark❔|\#
        white small square▫|white square button🔳|wilted flower🥀|wind chime🎐|wind face🌬|window🪟|\#
        wine glass🍷|wing🪽|winking face😉|winking face with tongue😜|wireless🛜|wolf🐺|woman👩|\#
        woman and man holding hands👫|woman dancing💃|woman s boot👢|woman s clothes👚|woman s hat👒|\#
        woman s sandal👡|woman with headscarf🧕|women holding hands👭|women s room🚺|wood🪵|woozy face🥴|\#
        world map🗺|worm🪱|worried face😟|wrapped gift🎁|wrench🔧|writing hand✍|x ray🩻|yarn🧶|\#
        yawning face🥱|yellow circle🟡|yellow heart💛|yellow square🟨|yemen🇾🇪|yen banknote💴|yin yang☯|\#
        yo yo🪀|zambia🇿🇲|zany face🤪|zebra🦓|zimbabwe🇿🇼|zipper mouth face🤐|zombie🧟|zzz💤|
        """#
}
