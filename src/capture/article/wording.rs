//! The words of what is on news pages beside their articles, in several languages and in lower case.

/// Beginnings of lines that are clutter, in lower case.
#[rustfmt::skip]
pub(super) const PHRASES: [&str; 125] = [
    "enter your email", "more in ", "partager", "teilen", "compartir", "condividi",
    "adchoices", "ads by", "advertis", "anzeige", "werbung", "publicité", "publicidad", "reklama", "реклама",
    "sponsored", "promoted", "paid content", "sign up", "sign in", "log in", "login", "register now",
    "subscribe", "newsletter", "get the app", "download the app", "share this", "share on", "share", "tweet",
    "facebook", "whatsapp", "follow us", "copy link", "print this", "email this", "read more", "read also",
    "read next", "related articles", "related stories", "related topics", "related:", "see also:", "more
    from", "more on this", "most read", "most popular", "trending", "recommended", "you may also", "you might
    also", "editors' picks", "up next", "accept all", "accept cookies", "cookie", "manage preferences",
    "privacy policy", "terms of", "all rights reserved", "skip to", "jump to", "menu", "search", "home", "back
    to top", "show comments", "comments", "leave a comment", "view comments", "photo:", "image:", "credit:",
    "getty images", "image source", "listen to this", "give this", "gift this", "share full", "save article",
    "save this", "open this photo", "click to play", "click to share", "copy article link", "send this page",
    "descrease article", "decrease article", "increase article", "report an error", "report an editorial",
    "story continues", "article continues", "continue reading", "scroll to continue", "hide ad", "also read:",
    "lire aussi", "à lire aussi", "la suite après", "partager sur", "lire plus tard", "ajouter à", "lesen sie
    auch", "mehr zum thema", "zur merkliste", "artikel anhören", "zur startseite", "bildbeschreibung",
    "artikel teilen", "compartir en", "copiar enlace", "lea también", "más información", "archivado en",
    "acquire licensing", "our standards:", "tags:", "topics:", "filed under", "分享到", "责任编辑", "版权所有",
];

/// What lines that invite the reader to something begin with, in lower case, whether or not they are sentences.
#[rustfmt::skip]
pub(super) const INVITATIONS: [&str; 30] = [
    "sign up", "sign in", "log in", "subscribe to", "subscribe now", "subscribe for", "subscribe today",
    "register now", "register for", "follow us", "download our", "download the app", "get the app", "get our",
    "click here", "read more:", "read next:", "also read:", "story continues below", "article continues
    below", "continue reading", "scroll to continue", "you may also like", "jetzt abonnieren", "jetzt
    anmelden", "abonnieren sie", "lesen sie auch", "abonnez-vous", "inscrivez-vous", "suscríbete",
];

/// Words of notices about cookies, in lower case; two of them make one.
#[rustfmt::skip]
pub(super) const CONSENT: [&str; 14] = [
    "cookie", "consent", "your privacy", "our partners", "your device", "on a device", "personal data", "your
    browser", "privacy policy", "datenschutz", "einwilligung", "vos données", "tus datos", "terms of use",
];

/// Words of invitations to letters and offers, in lower case; two of them make one.
#[rustfmt::skip]
pub(super) const LETTERS: [&str; 13] = [
    "newsletter", "your inbox", "sign up", "subscribe", "email address", "e-mail address", "signing up", "free
    app", "breaking news alert", "your email", "abonnez", "ihr postfach", "boletín",
];

/// Lines behind which others write, or the page goes on with other things, in lower case.
#[rustfmt::skip]
pub(super) const ENDS: [&str; 24] = [
    "comments", "comment", "responses", "leave a comment", "leave a reply", "view comments", "show comments",
    "join the conversation", "join the discussion", "post a comment", "recent posts", "most read", "most
    popular", "most viewed", "most shared", "kommentare", "kommentar", "diskutieren sie mit", "meistgelesen",
    "commentaires", "les plus lus", "comentarios", "lo más visto", "lo más leído",
];

/// Headings of boxes, in lower case.
#[rustfmt::skip]
pub(super) const BOXES: [&str; 50] = [
    "related", "related articles", "related stories", "related topics", "related content", "related news",
    "related posts", "related links", "more on this story", "more stories", "more news", "read next", "up
    next", "you may also like", "you might also like", "you may like", "recommended", "recommended for you",
    "recommended stories", "trending", "trending now", "top stories", "latest news", "editors' picks",
    "editors’ picks", "editor's picks", "share this", "share this article", "share this story", "like this",
    "topics", "tags", "filed under", "mehr zum thema", "weitere artikel", "weitere themen", "ähnliche
    artikel", "ähnliche themen", "auch interessant", "schlagworte", "sur le même sujet", "à lire aussi", "dans
    la même rubrique", "archivado en", "te puede interesar", "noticias relacionadas", "más información",
    "相关新闻", "相关阅读", "関連記事",
];

/// What stands on a line of its own before the caption of a picture, in lower case.
#[rustfmt::skip]
pub(super) const ANNOUNCEMENTS: [&str; 8] = [
    "image caption", "image", "media caption", "photo caption", "caption", "bildunterschrift", "légende",
    "image source",
];

/// Agencies that pictures come from, in lower case.
#[rustfmt::skip]
pub(super) const AGENCIES: [&str; 24] = [
    "afp", "reuters", "ap", "dpa", "epa", "epa-efe", "efe", "ansa", "apa", "getty images", "getty",
    "shutterstock", "istock", "pa", "pa wire", "pa media", "picture alliance", "imago", "keystone", "file",
    "file photo", "afp via getty images", "ap photo", "handout",
];

/// Words of which the navigation of a news page is made, in lower case.
#[rustfmt::skip]
pub(super) const NAVIGATION: [&str; 100] = [
    "twitter", "instagram", "pinterest", "reddit", "telegram", "messenger", "xing", "bluesky",
    "abo", "about", "account", "accueil", "anmelden", "archive", "arts", "audio", "books", "business",
    "climate", "comment", "contact", "crime", "culture", "donate", "e-paper", "economy", "education", "email",
    "english", "entertainment", "environment", "epaper", "europe", "facebook", "features", "finance",
    "flipboard", "food", "games", "health", "help", "home", "impressum", "international", "investigations",
    "jobs", "join", "kultur", "latest", "life", "lifestyle", "linkedin", "live", "local", "log", "login",
    "magazine", "markets", "media", "menu", "money", "monde", "more", "mundo", "national", "news",
    "newsletter", "newsletters", "opinion", "people", "photos", "podcast", "podcasts", "politics", "politik",
    "politique", "print", "puzzles", "register", "save", "science", "search", "sections", "share", "shop",
    "sign", "sport", "sports", "startseite", "style", "subscribe", "suche", "technology", "top", "travel",
    "tweet", "video", "videos", "whatsapp", "world",
];

/// Words that stand between those.
#[rustfmt::skip]
pub(super) const BETWEEN: [&str; 9] = [
    "&", "and", "in", "out", "the", "to", "uk", "up", "us",
];

/// What stands before the name of who made a picture, in lower case.
#[rustfmt::skip]
pub(super) const CREDITS: [&str; 13] = [
    "file photo",
    "photo:", "photos:", "photograph:", "photographer:", "photo by", "picture:", "image:", "credit:", "foto:",
    "bild:", "credit...", "photo/",
];

/// What sentences begin with that a page says and no article, in lower case.
#[rustfmt::skip]
pub(super) const OF_PAGE: [&str; 9] = [
    "by signing up", "by clicking", "this article is more than", "this article was published more", "our standards:",
    "read more:", "read next:", "also read:", "lire aussi :",
];

/// What a sentence has, too, that invites the reader to something, in lower case.
#[rustfmt::skip]
pub(super) const ASKING: [&str; 14] = [
    "our", "your", "us", "here", "newsletter", "app", "now", "my", "nos", "notre", "unser", "unseren", "nuestro",
    "nuestra",
];

/// Houses that pictures come from and no news, in lower case.
#[rustfmt::skip]
pub(super) const STOCK: [&str; 9] = [
    "getty images", "getty", "shutterstock", "istock", "imago", "picture alliance", "afp via getty images", "ap photo",
    "adobe stock",
];
