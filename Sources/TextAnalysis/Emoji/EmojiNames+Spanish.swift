extension EmojiNames {
    /// The Spanish names, sorted by their bytes: a name, its emoji, a bar.
    ///
    /// Facts of Unicode's Common Locale Data Repository: short names of emoji of one character, and of flags,
    /// folded.
    static let spanish = #"""
        1 en punto🕐|10 en punto🕙|11 en punto🕚|12 en punto🕛|2 en punto🕑|3 en punto🕒|4 en punto🕓|\#
        5 en punto🕔|6 en punto🕕|7 en punto🕖|8 en punto🕗|9 en punto🕘|abaco🧮|abanico abierto🪭|abeja🐝|\#
        abrigo🧥|aceituna🫒|acordeon🪗|acuario♒|adn🧬|adorno de corazon💟|aduana🛃|advertencia⚠|\#
        afganistan🇦🇫|agente de policia👮|agua no potable🚱|agua potable🚰|aguacate🥑|aguas termales♨|\#
        aguila🦅|aguja de coser🪡|agujero🕳|ajo🧄|ala🪽|alambique⚗|alce🫎|alemania🇩🇪|alfabeto latino🔤|\#
        alienigena👽|altavoz a volumen alto🔊|altavoz a volumen bajo🔈|altavoz a volumen medio🔉|\#
        altavoz de mano📢|altavoz silenciado🔇|alto voltaje⚡|alubias🫘|amanecer🌅|\#
        amanecer sobre montanas🌄|ambulancia🚑|anciana👵|anciano👴|ancla⚓|anfora🏺|anguila🇦🇮|anillo💍|\#
        antartida🇦🇶|antena de satelite📡|antigua y barbuda🇦🇬|aparcamiento🅿|apreton de manos🤝|\#
        arabia saudi🇸🇦|arana🕷|arandanos🫐|arbol de hoja caduca🌳|arbol de hoja perenne🌲|\#
        arbol de navidad🎄|arbol de tanabata🎋|arbol sin hojas🪾|archivador🗄|archivador de tarjetas🗃|\#
        arco y flecha🏹|arcoiris🌈|ardilla🐿|argelia🇩🇿|arpa🪉|arroz cocido🍚|arroz con curry🍛|ascensor🛗|\#
        aseo para hombres🚹|aseos🚾|asiento de transporte💺|asterisco de ocho puntas✳|ataud⚰|\#
        auricular🎧|auricular de telefono📞|autobus🚌|autobus proximo🚍|autopista🛣|avance rapido⏩|\#
        avion✈|avion aterrizando🛬|avion despegando🛫|avioneta🛩|azerbaiyan🇦🇿|baguete🥖|bailarina🥿|\#
        balanza⚖|ballena🐋|ballena soltando un chorro🐳|balon de baloncesto🏀|balon de futbol⚽|\#
        balon de futbol americano🏈|balon de rugby🏉|banco🏦|bandeja de entrada📥|bandeja de salida📤|\#
        bandera blanca🏳|bandera de cuadros🏁|bandera negra🏴|bandera triangular🚩|banderas cruzadas🎌|\#
        banderin de carpas🎏|banderin en hoyo⛳|banera🛁|banglades🇧🇩|barco🚢|barco a motor🛥|\#
        barco de pasajeros🛳|barein🇧🇭|barras de cobertura📶|barril de petroleo🛢|baston🦯|\#
        bata de laboratorio🥼|bateria baja🪫|bebe👶|bebe angel👼|bebida caliente☕|bebida tropical🍹|\#
        beicon🥓|beisbol⚾|belgica🇧🇪|belice🇧🇿|bengala🎇|berenjena🍆|bermudas🇧🇲|beso💏|biberon🍼|\#
        biceps flexionado💪|bicho🐛|bicicleta🚲|bicicletas prohibidas🚳|bielorrusia🇧🇾|billete con alas💸|\#
        billete de dolar💵|billete de euro💶|billete de libra💷|billete de yen💴|birrete🎓|bisonte🦬|\#
        bloc de notas de espiral🗒|boca👄|bocadillo de dialogo💬|bocadillo de pensamiento💭|bogavante🦞|\#
        bola de arroz🍙|bola de confeti🎊|bola de cristal🔮|bola de desplazamiento🖲|bola de espejos🪩|\#
        bola negra de billar🎱|boligrafo🖊|bolos🎳|bolsa de dinero💰|bolsas de compras🛍|bolso👜|\#
        bolso de mano👝|bomba💣|bombilla💡|borrar🆑|bosnia y herzegovina🇧🇦|bota de mujer👢|\#
        bota de senderismo🥾|bote de crema🧴|botella descorchada🍾|boton con marca de cruz❎|\#
        boton cool🆒|boton cuadrado con borde blanco🔳|boton cuadrado con borde negro🔲|\#
        boton de marca de verificacion✅|boton de opcion🔘|boton free🆓|boton new🆕|boton ng🆖|boton ok🆗|\#
        boton up🆙|boton vs🆚|botsuana🇧🇼|brasil🇧🇷|brazo mecanico🦾|bretzel🥨|brillo alto🔆|brillo bajo🔅|\#
        brocheta🍢|brocoli🥦|brujula🧭|bruma🌁|bucle➰|bucle doble➿|buey🐂|bufalo de agua🐃|bufanda🧣|buho🦉|\#
        bumeran🪃|burbujas🫧|burro🫏|busca📟|butan🇧🇹|buzon📮|caballo🐎|caballo de tiovivo🎠|cabana🛖|\#
        cabeza explotando🤯|cabeza parlante🗣|cabo verde🇨🇻|cabra🐐|caca con ojos💩|cacahuetes🥜|cadenas⛓|\#
        caja de bento🍱|caja de herramientas🧰|caja para llevar🥡|calabaza de halloween🎃|calamar🦑|\#
        calavera💀|calavera y huesos cruzados☠|calcetines🧦|calendario📅|calendario de espiral🗓|\#
        calendario recortable📆|cama🛏|camara con flash📸|camara de cine🎥|camara de fotos📷|\#
        cambio de divisas💱|camboya🇰🇭|camello🐫|camerun🇨🇲|camion articulado🚛|camion de reparto🚚|\#
        camioneta🛻|camiseta👕|camiseta sin mangas🎽|campana🔔|campana con signo de cancelacion🔕|\#
        campanilla🪻|campanilla de viento🎐|cana de pescar🎣|canarias🇮🇨|candado abierto🔓|\#
        candado cerrado🔒|candado cerrado y llave🔐|candado con pluma estilografica🔏|cangrejo🦀|\#
        canguro🦘|caniche🐩|canoa🛶|canon de confeti🎉|capricornio♑|cara agotada😩|\#
        cara aguantandose las lagrimas🥹|cara al reves🙃|cara angustiada😧|cara asombrada😲|\#
        cara asustada😨|cara babeando🤤|cara besando😗|cara besando con ojos sonrientes😙|\#
        cara cabreada😡|cara cansada😫|cara con ansiedad y sudor😰|cara con boca diagonal🫤|\#
        cara con calor🥵|cara con ceja alzada🤨|cara con el ceno fruncido☹|cara con frio🥶|\#
        cara con la boca abierta😮|cara con la cabeza vendada🤕|cara con lengua de dinero🤑|\#
        cara con linea de puntos🫥|cara con manos abrazando🤗|cara con mascarilla medica😷|\#
        cara con monoculo🧐|cara con ojeras🫩|cara con ojos en blanco🙄|cara con sombrero de vaquero🤠|\#
        cara con sudor frio😓|cara con termometro🤒|cara de alivio😌|cara de bostezo🥱|cara de caballo🐴|\#
        cara de cerdo🐷|cara de conejo🐰|cara de confusion😕|cara de desaprobacion😒|cara de dragon🐲|\#
        cara de empollon🤓|cara de fiesta🥳|cara de frustracion😖|cara de gato🐱|cara de grogui🥴|\#
        cara de loco🤪|cara de mentiroso🤥|cara de mono🐵|cara de nauseas🤢|cara de payaso🤡|\#
        cara de perro🐶|cara de raton🐭|cara de sueno😪|cara de tigre🐯|cara de vaca🐮|cara de viento🌬|\#
        cara decepcionada😞|cara deformada🫪|cara derritiendose🫠|cara desanimada😔|cara desesperada😣|\#
        cara disfrazada🥸|cara durmiendo😴|cara enfadada😠|cara enfadada con cuernos👿|\#
        cara estornudando🤧|cara estupefacta😯|cara feliz con ojos sonrientes😊|\#
        cara gritando de miedo😱|cara guinando el ojo😉|cara haciendo una mueca😬|\#
        cara lanzando un beso😘|cara llorando😢|cara llorando de risa😂|cara llorando fuerte😭|\#
        cara mareada😵|cara neutral😐|cara pensativa🤔|cara pidiendo silencio🤫|cara preocupada😟|\#
        cara radiante con ojos sonrientes😁|cara resoplando😤|cara resquebrajandose🫫|\#
        cara revolviendose de la risa🤣|cara saboreando comida😋|cara sacando la lengua😛|\#
        cara saludando🫡|cara sin boca😶|cara sin expresion😑|cara sonriendo😀|\#
        cara sonriendo con aureola😇|cara sonriendo con corazones🥰|cara sonriendo con cuernos😈|\#
        cara sonriendo con estrellas🤩|cara sonriendo con ojos grandes😃|\#
        cara sonriendo con ojos sonrientes😄|cara sonriendo con sudor frio😅|\#
        cara sonriendo con superioridad😏|cara sonriendo ligeramente🙂|cara sonriente☺|\#
        cara sonriente con lagrima🥲|cara sonrojada😳|cara suplicante🥺|cara tapada con ojo espiando🫣|\#
        cara temblorosa🫨|cara triste pero aliviada😥|cara vomitando🤮|caracol🐌|caracola🐚|caramelo🍬|\#
        caribe neerlandes🇧🇶|carne con hueso🍖|carne de identidad🪪|carnero🐏|carpa de circo🎪|\#
        carpeta de archivos📁|carpeta de archivos abierta📂|carrera de caballos🏇|\#
        carrito de la compra🛒|carta de amor💌|cartas de flores🎴|casa🏠|casa abandonada🏚|\#
        casa con jardin🏡|casas🏘|casco con una cruz blanca⛑|casco militar🪖|\#
        casilla con marca de verificacion☑|castana🌰|castillo europeo🏰|castillo japones🏯|castor🦫|\#
        catar🇶🇦|cebolla🧅|cebra🦓|cepillo de dientes🪥|cerdo🐖|cerebro🧠|cerezas🍒|cesta🧺|\#
        ceuta y melilla🇪🇦|chaleco de seguridad🦺|champinon🍄|chancla🩴|chequia🇨🇿|chile picante🌶|\#
        chincheta📌|chincheta redonda📍|chipre🇨🇾|chispa❇|chispas✨|ciclon🌀|cien puntos💯|ciervo🦌|\#
        cigarrillo🚬|cinco y media🕠|cine🎦|cinta de video📼|circulo amarillo🟡|circulo azul🔵|\#
        circulo blanco⚪|circulo marron🟤|circulo morado🟣|circulo naranja🟠|circulo negro⚫|\#
        circulo rojo🔴|circulo rojo hueco⭕|circulo verde🟢|cisne🦢|ciudad al atardecer🌆|\#
        ciudad del vaticano🇻🇦|claqueta🎬|clip📎|clips unidos🖇|coche🚗|coche de bomberos🚒|\#
        coche de carreras🏎|coche de policia🚓|coche de policia proximo🚔|coche proximo🚘|cocinar🍳|\#
        coco🥥|cocodrilo🐊|cofre de tesoro🪎|cohete🚀|colegio🏫|colision💥|cometa🪁|cometa espacial☄|\#
        comida enlatada🥫|comodin🃏|comoras🇰🇲|conejo🐇|congo🇨🇬|consigna🛅|construccion🏗|\#
        control de pasaportes🛂|control de volumen🎚|copa de coctel🍸|copa de vino🍷|copas brindando🥂|\#
        copo de nieve❄|corazon amarillo💛|corazon azul💙|corazon azul claro🩵|corazon blanco🤍|\#
        corazon brillante💖|corazon con flecha💘|corazon con lazo💝|corazon creciente💗|corazon gris🩶|\#
        corazon humano🫀|corazon latiendo💓|corazon marron🤎|corazon morado💜|corazon naranja🧡|\#
        corazon negro🖤|corazon rojo❤|corazon rosa🩷|corazon roto💔|corazon verde💚|\#
        corazones giratorios💞|corbata👔|corea del norte🇰🇵|corea del sur🇰🇷|corneta de posta📯|corona👑|\#
        correo electronico📧|corte de carne🥩|criatura peluda🫈|criquet🏏|croacia🇭🇷|cronometro⏱|\#
        cruasan🥐|cruz latina✝|cruz ortodoxa☦|cuaderno📓|cuaderno con tapa decorativa📔|\#
        cuaderno de notas📝|cuadrado amarillo🟨|cuadrado azul🟦|cuadrado blanco grande⬜|\#
        cuadrado blanco mediano◻|cuadrado blanco mediano pequeno◽|cuadrado blanco pequeno▫|\#
        cuadrado marron🟫|cuadrado morado🟪|cuadrado naranja🟧|cuadrado negro grande⬛|\#
        cuadrado negro mediano◼|cuadrado negro mediano pequeno◾|cuadrado negro pequeno▪|\#
        cuadrado rojo🟥|cuadrado verde🟩|cuadro enmarcado🖼|cuatro y media🕟|cubito de hielo🧊|cubo🪣|\#
        cucaracha🪳|cuchara🥄|cuchilla de afeitar🪒|cuchillo de cocina🔪|cucurucho de helado🍦|\#
        cuenco con cuchara🥣|cuna de queso🧀|curazao🇨🇼|dado🎲|decoracion de pino🎍|\#
        dedo corazon hacia arriba🖕|dedo indice apuntandote a ti🫵|dedo indice hacia arriba☝|\#
        dedos cruzados🤞|dedos juntos apuntando hacia arriba🤌|delfin🐬|demonio japones oni👹|\#
        demonio japones tengu👺|desatascador🪠|desierto🏜|desprendimiento🛘|destornillador🪛|detener⏹|\#
        diana🎯|diente🦷|diez y media🕥|dinamarca🇩🇰|direccion prohibida⛔|disco dvd📀|disco optico💿|\#
        disco volador🥏|disquete💾|division➗|doce y media🕧|donut🍩|dorso de la mano🤚|dos corazones💕|\#
        dos siluetas de bustos👥|dos y media🕝|dragon rojo de mahjong🀄|dromedario🐪|ducha🚿|\#
        edificio clasico🏛|edificio de oficinas🏢|egipto🇪🇬|elefante🐘|elfo🧝|emblema de tridente🔱|\#
        emiratos arabes unidos🇦🇪|enchufe electrico🔌|engranaje⚙|ensalada🥗|entradas🎟|equipaje🧳|erizo🦔|\#
        escalera🪜|escarabajo🪲|escoba🧹|escorpio♏|escorpion🦂|escuadra📐|escudo🛡|eslabon🔗|eslovaquia🇸🇰|\#
        eslovenia🇸🇮|espadas cruzadas⚔|espagueti🍝|espana🇪🇸|espejo🪞|espiga de arroz🌾|espiga de maiz🌽|\#
        esponja🧽|esquiador⛷|esquis🎿|estacion de tren🚉|estadio🏟|estados unidos🇺🇸|\#
        estatua de la libertad🗽|estatua moai🗿|estetoscopio🩺|estilografica🖋|estrella⭐|\#
        estrella brillante🌟|estrella de david✡|estrella de ocho puntas✴|estrella de seis puntas🔯|\#
        estrella fugaz🌠|esuatini🇸🇿|etiopia🇪🇹|etiqueta🏷|etiqueta identificativa📛|exclamacion blanca❕|\#
        exclamacion de corazon❣|exclamacion doble‼|exclamacion e interrogacion⁉|exclamacion roja❗|\#
        expulsar⏏|extintor🧯|fabrica🏭|familia👪|fantasma👻|faro🛙|ferri⛴|ferrocarril de montana🚞|\#
        ferrocarril de suspension🚟|filipinas🇵🇭|finlandia🇫🇮|fiyi🇫🇯|flamenco🦩|flan🍮|flauta🪈|\#
        flecha arriba y abajo↕|flecha back🔙|flecha derecha curvandose hacia abajo⤵|\#
        flecha derecha curvandose hacia arriba⤴|flecha end🔚|flecha hacia abajo⬇|\#
        flecha hacia arriba⬆|flecha hacia la derecha➡|flecha hacia la izquierda⬅|\#
        flecha izquierda y derecha↔|flecha on🔛|flecha soon🔜|flecha top🔝|\#
        flechas en sentido antihorario🔄|flechas verticales en sentido horario🔃|flor🌼|flor blanca💮|\#
        flor de cerezo🌸|flor de hibisco🌺|flor de lis⚜|flor marchita🥀|foca🦭|fotograma de pelicula🎞|\#
        francia🇫🇷|fresa🍓|fuego🔥|fuegos artificiales🎆|fuente⛲|gafas👓|gafas de proteccion🥽|\#
        gafas de sol🕶|galleta🍪|galleta de arroz🍘|galleta de la fortuna🥠|gallina🐔|gallo🐓|gamba🦐|\#
        gamba frita🍤|gancho🪝|gato🐈|gato asustado🙀|gato besando😽|gato enfadado😾|\#
        gato haciendo una mueca😼|gato llorando😿|gato llorando de risa😹|gato sonriendo😺|\#
        gato sonriendo con ojos sonrientes😸|geminis♊|genio🧞|gesto de te quiero🤟|girasol🌻|globo🎈|\#
        globo terraqueo con meridianos🌐|globo terraqueo mostrando america🌎|gofre🧇|golfista🏌|\#
        goma de borrar🪌|gorila🦍|gorra con visera🧢|gota💧|gota de sangre🩸|gotas de sudor💦|grabar⏺|\#
        grafica de evolucion ascendente📈|grafica de evolucion descendente📉|grafico de barras📊|\#
        granada🇬🇩|grandes almacenes🏬|granizado hawaiano🍧|grecia🇬🇷|grillo🦗|groenlandia🇬🇱|\#
        grupo sanguineo a🅰|grupo sanguineo ab🆎|grupo sanguineo b🅱|grupo sanguineo tipo o🅾|\#
        guadalupe🇬🇵|guante de boxeo🥊|guantes🧤|guardia💂|guayana francesa🇬🇫|guernesey🇬🇬|\#
        guinea bisau🇬🇼|guinea ecuatorial🇬🇶|guion ondulado〰|guitarra🎸|gusano🪱|hacha🪓|hada🧚|\#
        hamburguesa🍔|helado🍨|helicoptero🚁|hierba🌿|hilo🧵|hipopotamo🦛|hockey sobre hielo🏒|\#
        hockey sobre hierba🏑|hoja de arce🍁|hojas caidas🍂|hojas revoloteando al viento🍃|hombre👨|\#
        hombre bailando🕺|hombre embarazado🫃|hombre trajeado levitando🕴|hombres de la mano👬|hormiga🐜|\#
        hotel del amor🏩|huella dactilar🫆|huellas de pezunas🐾|huellas de pies👣|hueso🦴|huevo🥚|\#
        hungria🇭🇺|ideograma japones para abierto🈺|ideograma japones para aceptable🉑|\#
        ideograma japones para aplicacion🈸|ideograma japones para aprobado🈴|\#
        ideograma japones para aqui🈁|ideograma japones para cantidad mensual🈷|\#
        ideograma japones para completo🈵|ideograma japones para de cortesia🈂|\#
        ideograma japones para de pago🈶|ideograma japones para descuento🈹|\#
        ideograma japones para enhorabuena㊗|ideograma japones para ganga🉐|\#
        ideograma japones para gratis🈚|ideograma japones para prohibido🈲|\#
        ideograma japones para reservado🈯|ideograma japones para secreto㊙|\#
        ideograma japones para vacante🈳|iglesia⛪|iglesia celebrando boda💒|iman🧲|imperdible🧷|\#
        impresora🖨|infante🧒|infinito♾|informacionℹ|inodoro🚽|interrogacion blanca❔|\#
        interrogacion roja❓|irak🇮🇶|irlanda🇮🇪|isla bouvet🇧🇻|isla clipperton🇨🇵|isla de la ascension🇦🇨|\#
        isla de man🇮🇲|isla de navidad🇨🇽|isla desierta🏝|isla norfolk🇳🇫|islandia🇮🇸|islas aland🇦🇽|\#
        islas caiman🇰🇾|islas cocos🇨🇨|islas cook🇨🇰|islas feroe🇫🇴|islas heard y mcdonald🇭🇲|\#
        islas malvinas🇫🇰|islas marianas del norte🇲🇵|islas marshall🇲🇭|islas pitcairn🇵🇳|\#
        islas salomon🇸🇧|islas turcas y caicos🇹🇨|islas virgenes britanicas🇻🇬|\#
        islas virgenes de ee uu🇻🇮|italia🇮🇹|jabali🐗|jabon🧼|japon🇯🇵|jarra de cerveza🍺|\#
        jarras de cerveza brindando🍻|jeringuilla💉|jirafa🦒|jordania🇯🇴|kazajistan🇰🇿|kenia🇰🇪|\#
        kirguistan🇰🇬|kiwi🥝|labio mordido🫦|lactancia materna🤱|ladrillo🧱|lagarto🦎|lampara de aceite🪔|\#
        lampara japonesa🏮|lancha motora🚤|lapida🪦|lapiz✏|lapiz de cera🖍|lazo🎀|lazo conmemorativo🎗|\#
        lengua👅|leon🦁|leopardo🐆|lesoto🇱🇸|letonia🇱🇻|letras latinas mayusculas🔠|\#
        letras latinas minusculas🔡|letrero🪧|libano🇱🇧|libia🇱🇾|libro abierto📖|libro azul📘|\#
        libro cerrado📕|libro de contabilidad📒|libro naranja📙|libro verde📗|libros📚|limon🍋|linterna🔦|\#
        liquido derramandose🫗|lituania🇱🇹|llave🔑|llave antigua🗝|llave inglesa🔧|lobo🐺|\#
        locomotora de vapor🚂|loro🦜|loto🪷|luces de policia🚨|lugar de culto🛐|luna🌙|luna creciente🌒|\#
        luna en cuarto creciente🌓|luna en cuarto menguante🌗|luna gibosa creciente🌔|\#
        luna gibosa menguante🌖|luna llena🌕|luna llena con cara🌝|luna menguante🌘|luna nueva🌑|\#
        luna nueva con cara🌚|lupa orientada hacia la derecha🔎|lupa orientada hacia la izquierda🔍|\#
        luxemburgo🇱🇺|m en circuloⓂ|macedonia del norte🇲🇰|madera🪵|magdalena🧁|malasia🇲🇾|malaui🇲🇼|\#
        maldivas🇲🇻|maletin💼|mama noel🤶|mamut🦣|mandarina🍊|mando de videoconsola🎮|mano abierta🖐|\#
        mano con senal de victoria✌|mano empujando hacia la derecha🫸|\#
        mano empujando hacia la izquierda🫷|mano escribiendo✍|mano hacia la derecha🫱|\#
        mano hacia la izquierda🫲|mano levantada✋|mano pellizcando🤏|mano saludando👋|manos abiertas👐|\#
        manos aplaudiendo👏|manos en oracion🙏|manos formando un corazon🫶|\#
        manos levantadas celebrando🙌|mantequilla🧈|manzana roja🍎|manzana verde🍏|mapa de japon🗾|\#
        mapa mundial🗺|mapache🦝|maquina de fax📠|maquina tragaperras🎰|marca de alternancia〽|\#
        marca de beso💋|marca de cruz❌|marca de verificacion✔|marca registrada®|marcadores📑|\#
        marcapaginas🔖|mariposa🦋|mariposa monarca🫌|mariquita🐞|marruecos🇲🇦|martillo🔨|\#
        martillo y llave inglesa🛠|martillo y pico⚒|martinica🇲🇶|mas➕|mascara de buceo🤿|\#
        mascaras de teatro🎭|mauricio🇲🇺|medalla de bronce🥉|medalla de oro🥇|medalla de plata🥈|\#
        medalla deportiva🏅|medalla militar🎖|media luna y estrella☪|medusa🪼|megafono📣|melocoton🍑|\#
        menora🕎|menos➖|mercado al alza💹|meteorito🪋|mezquita🕌|microbio🦠|microfono🎤|\#
        microfono de estudio🎙|microscopio🔬|minidisc💽|mochila escolar🎒|modo vibracion📳|mofeta🦨|\#
        moldavia🇲🇩|moneda🪙|monedero👛|mono🐒|mono con la boca tapada🙊|mono con los oidos tapados🙉|\#
        mono con los ojos tapados🙈|monopatin🛹|monorrail🚝|monstruo alienigena👾|montana⛰|\#
        montana con nieve🏔|montana rusa🎢|monte fuji🗻|mosca🪰|moto🏍|mototaxi🛺|movil con una flecha📲|\#
        mujer👩|mujer bailando💃|mujer con hiyab🧕|mujer embarazada🤰|mujeres de la mano👭|muleta🩼|\#
        multiplicacion✖|muneca rusa🪆|munecas japonesas🎎|muneco de nieve⛄|muneco de nieve con nieve☃|\#
        murcielago🦇|muslo de pollo🍗|myanmar birmania🇲🇲|naciones unidas🇺🇳|nariz👃|nariz de cerdo🐽|\#
        nido con huevos🪺|nido vacio🪹|niebla🌫|nina👧|nino👦|ninos cruzando🚸|noche estrellada🌃|\#
        noria de feria🎡|noruega🇳🇴|nota musical🎵|notas musicales🎶|nube☁|nube con lluvia🌧|\#
        nube con nieve🌨|nube con rayo🌩|nube con rayo y lluvia⛈|nube de pelea🫯|nudo🪢|\#
        nueva caledonia🇳🇨|nueva zelanda🇳🇿|nueve y media🕤|numeros🔢|nutria🦦|obras🚧|oca🪿|ocho y media🕣|\#
        oficina de correos europea🏤|oficina de correos japonesa🏣|ofiuco⛎|ojo👁|ojo turco🧿|ojos👀|\#
        ola de mar🌊|olla de comida🍲|once y media🕦|ordenador de sobremesa🖥|ordenador portatil💻|\#
        oreja👂|oreja con audifono🦻|organizador de fichas📇|osito de peluche🧸|oso🐻|ostra🦪|oveja🐑|\#
        ovillo🧶|paella🥘|pagina doblada📃|pagina hacia arriba📄|paisaje urbano🏙|paises bajos🇳🇱|pajaro🐦|\#
        pala🪏|palaos🇵🇼|paleta de pintor🎨|palillos🥢|palmas hacia arriba juntas🤲|palmera🌴|\#
        palo de corazones♥|palo de diamantes♦|palo de picas♠|palo de treboles♣|paloma🕊|palomitas🍿|\#
        pan de molde🍞|pan relleno🥙|pan sin levadura🫓|pantalones cortos🩳|papa noel🎅|papelera🗑|\#
        papua nueva guinea🇵🇬|paquete📦|paracaidas🪂|parada de autobus🚏|paraguas☂|paraguas cerrado🌂|\#
        paraguas con gotas de lluvia☔|pareja enamorada💑|parque nacional🏞|pastel🥧|pastel de luna🥮|\#
        pastel de pescado japones🍥|patata🥔|patata asada🍠|patatas fritas🍟|patin de hielo⛸|patines🛼|\#
        patinete🛴|pato🦆|pausa⏸|pavo🦃|pavo real🦚|peineta🪮|pelo blanco🦳|pelo pelirrojo🦰|pelo rizado🦱|\#
        pelota de softball🥎|pelota de tenis🎾|pelota de voleibol🏐|pentagrama🎼|peon de ajedrez♟|\#
        pepinillo🫝|pepino🥒|pera🍐|perezoso🦥|pergamino📜|periodico📰|periodico enrollado🗞|\#
        perrito caliente🌭|perro🐕|perro guia🦮|persona adulta🧑|persona adulta rubia👱|\#
        persona botando un balon⛹|persona caminando🚶|persona con barba🧔|persona con corona🫅|\#
        persona con esmoquin🤵|persona con gorro chino👲|persona con la mano levantada🙋|\#
        persona con turbante👳|persona con velo👰|persona corriendo🏃|persona cortandose el pelo💇|\#
        persona de mostrador de informacion💁|persona de pie🧍|persona de rodillas🧎|\#
        persona embarazada🫄|persona en bicicleta🚴|persona en bicicleta de montana🚵|\#
        persona en la banera🛀|persona en la cama🛌|persona en posicion de loto🧘|\#
        persona en una sauna🧖|persona encogida de hombros🤷|persona escalando🧗|persona esquiando⛷|\#
        persona frunciendo el ceno🙍|persona haciendo esgrima🤺|persona haciendo malabares🤹|\#
        persona haciendo pucheros🙎|persona haciendo surf🏄|persona haciendo una reverencia🙇|\#
        persona haciendo voltereta lateral🤸|persona jugando al balonmano🤾|persona jugando al golf🏌|\#
        persona jugando al waterpolo🤽|persona levantando pesas🏋|persona maga🧙|persona mayor🧓|\#
        persona nadando🏊|persona recibiendo masaje💆|persona remando en un bote🚣|persona sirena🧜|\#
        persona sorda🧏|persona trajeada levitando🕴|personaje de superheroe🦸|\#
        personaje de supervillano🦹|personas abrazandose🫂|personas con orejas de conejo👯|\#
        personas luchando🤼|petardo🧨|pez🐟|pez globo🐡|pez tropical🐠|pico⛏|pie🦶|piedra🪨|\#
        piedra de curling🥌|piedra preciosa💎|pierna🦵|pierna mecanica🦿|pieza de puzle🧩|pila🔋|pildora💊|\#
        pimiento🫑|pina🍍|pincel🖌|pinguino🐧|pintalabios💄|pintarse las unas💅|piruleta🍭|piscis♓|\#
        pista anterior⏮|pista siguiente⏭|pistola de agua🔫|placa de petri🧫|planeta con anillos🪐|\#
        planta de maceta🪴|planta joven🌱|platano🍌|platillo volante🛸|playa y sombrilla🏖|pluma🪶|\#
        pluma negra✒|polinesia francesa🇵🇫|pollito🐤|pollito de frente🐥|\#
        pollito rompiendo el cascaron🐣|polonia🇵🇱|portapapeles📋|porteria🥅|poste de barbero💈|\#
        practicante de snowboard🏂|princesa👸|principe🤴|profesional de la construccion👷|prohibido🚫|\#
        prohibido el paso de peatones🚷|prohibido el uso de moviles📵|prohibido fumar🚭|\#
        prohibido tirar basura🚯|proyector de cine📽|puente de noche🌉|puerta🚪|puesta del sol🌇|\#
        pulgar hacia abajo👎|pulgar hacia arriba👍|pulgar hacia la derecha🫺|\#
        pulgar hacia la izquierda🫹|pulmones🫁|pulpo🐙|punal🗡|puno cerrado👊|puno en alto✊|\#
        puno hacia la derecha🤜|puno hacia la izquierda🤛|radiactivo☢|radiografia🩻|\#
        rae de hong kong china🇭🇰|rae de macao china🇲🇴|raiz de jengibre🫚|ramo de flores💐|rana🐸|rata🐀|\#
        raton🐁|raton de ordenador🖱|recibo🧾|recogida de equipajes🛄|red con mango🪍|regalo🎁|regla📏|\#
        reino unido🇬🇧|reloj⌚|reloj de arena con tiempo⏳|reloj de arena sin tiempo⌛|\#
        reloj de sobremesa🕰|reloj despertador⏰|repetir🔁|repetir una vez🔂|reproduccion aleatoria🔀|\#
        reproducir▶|reproducir o pausa⏯|republica centroafricana🇨🇫|\#
        republica democratica del congo🇨🇩|republica dominicana🇩🇴|retroceso◀|retroceso rapido⏪|\#
        riesgo biologico☣|rinoceronte🦏|rollo de papel🧻|rombo azul grande🔷|rombo azul pequeno🔹|\#
        rombo con petalo💠|rombo naranja grande🔶|rombo naranja pequeno🔸|ropa de mujer👚|\#
        ropa interior🩲|rosa🌹|rosario📿|roseta🏵|ruanda🇷🇼|rueda🛞|rueda del dharma☸|ruedas de control🎛|\#
        rumania🇷🇴|rusia🇷🇺|sagitario♐|sahara occidental🇪🇭|sal🧂|salir corriendo💨|salpicadura🫟|\#
        saludo vulcano🖖|salvavidas🛟|samoa americana🇦🇸|san bartolome🇧🇱|san cristobal y nieves🇰🇳|\#
        san martin🇲🇫|san pedro y miquelon🇵🇲|san vicente y las granadinas🇻🇨|sandalia de mujer👡|\#
        sandia🍉|santa elena🇸🇭|santa lucia🇱🇨|santo tome y principe🇸🇹|santuario sintoista⛩|satelite🛰|\#
        sauropodo🦕|saxofon🎷|scooter🛵|seis y media🕡|selfi🤳|semaforo🚦|semaforo horizontal🚥|\#
        senal de aseo para mujeres🚺|senal de aseos🚻|senal de bebe🚼|senal de cajero automatico🏧|\#
        senal de stop🛑|senal de usar papelera🚮|separador de fichas🗂|serpiente🐍|\#
        sierra de carpinteria🪚|sierra leona🇸🇱|siete y media🕢|signo femenino♀|signo igual grueso🟰|\#
        signo masculino♂|silla🪑|silla de ruedas electrica🦼|silla de ruedas manual🦽|\#
        silueta de busto👤|simbolo de atomo⚛|simbolo de dolar💲|simbolo de enfado💢|\#
        simbolo de identificacion🆔|simbolo de la paz☮|simbolo de marca comercial™|simbolo de mareo💫|\#
        simbolo de medicina⚕|simbolo de reciclaje♻|simbolo de silla de ruedas♿|simbolo de socorro🆘|\#
        simbolo de sueno💤|simbolo de transgenero⚧|simbolo japones para principiante🔰|simbolos🔣|\#
        sin pelo🦲|sinagoga🕍|singapur🇸🇬|siria🇸🇾|sobre✉|sobre con flecha📩|sobre entrante📨|sobre rojo🧧|\#
        sofa y lampara🛋|sol☀|sol con cara🌞|sol detras de una nube⛅|sombrero de copa🎩|\#
        sombrero de mujer👒|sombrilla en la arena⛱|sudafrica🇿🇦|sudan del sur🇸🇸|suecia🇸🇪|suiza🇨🇭|\#
        surinam🇸🇷|surtidor de gasolina⛽|svalbard y jan mayen🇸🇯|tableta de chocolate🍫|tailandia🇹🇭|\#
        tamal🫔|tambor🥁|tamboril🪘|tarjeta de credito💳|tarro🫙|tarro de miel🍯|tarta de cumpleanos🎂|\#
        tauro♉|taxi proximo🚖|tayikistan🇹🇯|tazon de fideos🍜|tazon de te🍵|te de burbujas🧋|teclado⌨|\#
        teclado musical🎹|teclas 10🔟|tejon🦡|tela de arana🕸|teleferico🚡|teleferico de montana🚠|\#
        telefono☎|telefono movil📱|telefono movil apagado📴|telescopio🔭|templo hindu🛕|temporizador⏲|\#
        tenedor y cuchillo🍴|tenis de mesa🏓|termometro🌡|territorio britanico del oceano indico🇮🇴|\#
        territorios australes franceses🇹🇫|territorios palestinos🇵🇸|tetera🫖|tetrabrik🧃|tiburon🦈|\#
        tienda 24 horas🏪|tienda de campana⛺|tigre🐅|tijeras✂|timbre de hotel🛎|tique🎫|tirita🩹|\#
        tobogan🛝|tomate🍅|tornillo de banco🗜|tornillo y tuerca🔩|torre de tokio🗼|tortitas🥞|tortuga🐢|\#
        trampa de ratones🪤|tranvia🚊|trebol☘|trebol de cuatro hojas🍀|tren🚆|tren bala🚅|\#
        tren de alta velocidad🚄|tren ligero🚈|tres y media🕞|triangulo doble hacia abajo⏬|\#
        triangulo doble hacia arriba⏫|triangulo hacia abajo🔽|triangulo hacia arriba🔼|\#
        triangulo rojo hacia abajo🔻|triangulo rojo hacia arriba🔺|trineo🛷|trinidad y tobago🇹🇹|\#
        tristan de acuna🇹🇦|trofeo🏆|trol🧌|trolebus🚎|trombon🪊|trompeta🎺|trozo de tarta🍰|\#
        tuberculo comestible🫜|tubo de ensayo🧪|tulipan🌷|tunez🇹🇳|turquia🇹🇷|ucrania🇺🇦|una y media🕜|\#
        unicornio🦄|uniforme de artes marciales🥋|union europea🇪🇺|urna con papeleta🗳|urna funeraria⚱|\#
        uvas🍇|vaca🐄|vagon🚃|vagon de tranvia🚋|vaina🫛|vampiro🧛|vaqueros👖|varita magica🪄|\#
        vaso con pajita🥤|vaso de leche🥛|vaso de whisky🥃|vehiculo deportivo utilitario🚙|vela🕯|\#
        velero⛵|ventana🪟|verdura de hoja verde🥬|vestido👗|via de tren🛤|via lactea🌌|videocamara📹|\#
        volcan🌋|wallis y futuna🇼🇫|wifi🛜|yibuti🇩🇯|yoyo🪀|zanahoria🥕|zapatilla deportiva👟|\#
        zapatillas de ballet🩰|zapato de hombre👞|zapato de tacon👠|zimbabue🇿🇼|zombi🧟|zorro🦊|
        """#
}
