//! The language of messages.

use seisho_model::finding::Message;

/// The language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Lang {
    /// 日本語
    Ja,
    /// English
    En,
}

impl Lang {
    /// The language of the system; English where it is neither.
    pub(crate) fn of_the_system() -> Self {
        match sys_locale::get_locale() {
            Some(locale) if locale.to_ascii_lowercase().starts_with("ja") => Self::Ja,
            _ => Self::En,
        }
    }

    /// One of two words.
    pub(crate) fn pick<'t>(self, ja: &'t str, en: &'t str) -> &'t str {
        match self {
            Self::Ja => ja,
            Self::En => en,
        }
    }

    /// A message in this language.
    pub(crate) fn of(self, message: &Message) -> &str {
        self.pick(&message.ja, &message.en)
    }
}

/// Why the program could not run, in both languages.
#[derive(Debug, thiserror::Error)]
#[error("{}", message.en)]
pub(crate) struct Stop {
    message: Message,
    #[source]
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl From<seisho_batch::Error> for Stop {
    fn from(error: seisho_batch::Error) -> Self {
        Self { message: error.message(), source: Some(Box::new(Beneath(error))) }
    }
}

/// The cause of an error of a batch, in the place of its message, which is said in words of our own.
#[derive(Debug)]
struct Beneath(seisho_batch::Error);

impl std::fmt::Display for Beneath {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::error::Error::source(&self.0).map_or(Ok(()), |cause| write!(f, "{cause}"))
    }
}

impl std::error::Error for Beneath {}

impl Stop {
    /// With what went wrong and what to do.
    pub(crate) fn new(ja: impl Into<String>, en: impl Into<String>) -> Self {
        Self { message: Message::new(ja, en), source: None }
    }

    /// Caused by another error.
    pub(crate) fn because(mut self, source: impl std::error::Error + Send + Sync + 'static) -> Self {
        self.source = Some(Box::new(source));
        self
    }

    /// For the person at the keyboard.
    pub(crate) fn message(&self, lang: Lang) -> String {
        let cause = self.source.as_ref().map(ToString::to_string).filter(|cause| !cause.is_empty());
        format!("{}{}", lang.of(&self.message), cause.map(|cause| format!(" ({cause})")).unwrap_or_default())
    }
}
