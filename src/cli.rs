//! The arguments of the command line, and the plan they stand for. Touches no files.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use clap::builder::{ArgPredicate, PossibleValue, PossibleValuesParser};
use clap::{
    Arg, ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum, value_parser,
};

#[cfg(feature = "typeset")]
use crate::plan::FontLibrary;
use crate::plan::{
    AnthologyOptions, Clock, EpubOptions, GroupBy, IdentifierTemplate, JsonFields, LayoutOptions, Limits, Opening,
    PageList, Paper, PdfOptions, PlacedCollection, Plan, Reading, RepairOptions, Replace, Run, Stated, Writing,
    is_language_tag,
};
use crate::span::Permille;
use crate::write::{CollectionKind, Format};

/// Repairs the encoding of scraped op-eds, recognises who wrote, edited and first published them, and writes
/// TEI P5, PDF/A + PDF/UA and EPUB 3.
#[derive(Debug, Parser)]
#[command(
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    arg_required_else_help = true,
    after_help = "An input that is called like a subcommand: oped-convert ./repair\n\
                  Exit status: 0 all converted, 1 some inputs or formats were rejected or no article was there, 2 the run could not start."
)]
pub struct Cli {
    /// What to do other than convert.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The options of convert.
    #[command(flatten)]
    pub convert: ConvertArgs,
}

impl Cli {
    /// The definitions, with the rows of the tables: the values of `--to`, and an option for each collection.
    pub fn definitions(formats: &[&'static Format], collections: &[&'static CollectionKind]) -> clap::Command {
        let names = PossibleValuesParser::new(formats.iter().map(|format| format.name));
        let none = collections.iter().filter(|kind| kind.suffices);
        let none = none.map(|kind| (kind.name, ArgPredicate::IsPresent, None::<&str>));
        let usual = formats.iter().map(|format| format.name).filter(|name| USUAL.contains(name));
        let usual = usual.collect::<Vec<_>>().join(",");
        let first = formats.first().map_or("", |format| format.name);
        let usual = if usual.is_empty() { first.to_owned() } else { usual };
        let command =
            Self::command().mut_arg("to", |to| to.value_parser(names).default_value(usual).default_value_ifs(none));
        collections.iter().fold(command, |command, kind| {
            let file = Arg::new(kind.name).long(kind.name).value_name("FILE").help(kind.help);
            let command = command.arg(file.value_parser(value_parser!(PathBuf)).help_heading(COLLECTIONS_HEADING));
            kind.options.iter().fold(command, |command, option| {
                command.mut_arg(option, |arg| arg.requires(kind.name).help_heading(COLLECTIONS_HEADING))
            })
        })
    }

    /// The arguments, and the collections that they ask for.
    ///
    /// # Errors
    /// Where they do not fit the definitions, or ask for help.
    pub fn of_arguments(
        matches: &ArgMatches,
        collections: &[&'static CollectionKind],
    ) -> Result<(Self, Vec<PlacedCollection>), clap::Error> {
        let asked =
            collections.iter().filter_map(|kind| Some((kind.name, matches.get_one::<PathBuf>(kind.name)?.clone())));
        Ok((Self::from_arg_matches(matches)?, asked.collect()))
    }
}

/// The formats that are written where none is named, as far as the table has them.
const USUAL: [&str; 3] = ["tei", "pdf", "epub"];

/// Over the options of collections in the help.
const COLLECTIONS_HEADING: &str = "One file for all articles";

/// Everything but convert.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Repairs one text: repaired text on standard output, nothing else changed
    Repair {
        /// A file, or - for standard input
        #[arg(default_value = "-", value_name = "FILE|-")]
        file: PathBuf,
        /// Writes the log of the repairs, from which `restore` gives the original bytes
        #[arg(long, value_name = "FILE")]
        log: Option<PathBuf>,
        /// Prints the repairs for people, in place of the text
        #[arg(long, conflicts_with = "json")]
        explain: bool,
        /// Prints the repairs as JSON, in place of the text
        #[arg(long)]
        json: bool,
        /// What of the repairs is made.
        #[command(flatten)]
        repairs: RepairArgs,
    },
    /// Gives the original bytes back from a repaired text and its log
    Restore {
        /// The repaired text
        repaired: PathBuf,
        /// The log that was written with it
        #[arg(long, value_name = "FILE")]
        log: PathBuf,
    },
    /// Shows what is recognised in a text or in each record of a container: encoding, repairs, metadata with evidence, structure
    Inspect {
        /// A file, or - for standard input
        #[arg(default_value = "-", value_name = "FILE|-")]
        file: PathBuf,
        /// One object of JSON; for a container one a line
        #[arg(long)]
        json: bool,
        /// How containers are read.
        #[command(flatten)]
        json_fields: JsonArgs,
        /// Rules and defaults for the papers that the inputs are from, in TOML
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// States the title
        #[arg(long)]
        title: Option<String>,
        /// States the language (BCP 47)
        #[arg(long, value_name = "TAG", value_parser = language_tag)]
        language: Option<String>,
        /// What of the repairs is made.
        #[command(flatten)]
        repairs: RepairArgs,
    },
    /// Finds what repeats in the inputs of a host or folder, and writes it as a configuration to be reviewed
    Learn {
        /// Files, folders and containers
        #[arg(required = true, value_name = "PATH")]
        inputs: Vec<PathBuf>,
        /// How containers are read.
        #[command(flatten)]
        json_fields: JsonArgs,
    },
    /// Lists the formats
    Formats,
    /// Explains a diagnostic, for example R002, or a rule, for example header.author
    Explain {
        /// The code of the diagnostic, or the name of the rule
        code: String,
    },
    /// Prints completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Prints the manual page
    Man,
}

/// Which repairs are made.
#[derive(Clone, Copy, Debug, Args)]
pub struct RepairArgs {
    /// Withholds repairs that are less sure, 0 to 1: they are logged, and the text stays as it is
    #[arg(long, value_name = "0.000", default_value = "0", value_parser = confidence)]
    pub min_confidence: Permille,
    /// Withholds all repairs
    #[arg(long)]
    pub report_only: bool,
    /// Turns character references that a scraper left in plain text (&rsquo;) into characters; HTML keeps its own
    #[arg(long)]
    pub entities: bool,
}

impl From<RepairArgs> for RepairOptions {
    fn from(arguments: RepairArgs) -> Self {
        let RepairArgs { min_confidence, report_only, entities } = arguments;
        Self { min_confidence, report_only, entities }
    }
}

/// Which fields of a JSONL record are what.
#[derive(Clone, Debug, Args)]
pub struct JsonArgs {
    /// The field of a JSONL record that holds the text or HTML; a name, or a JSON Pointer like /article/body
    #[arg(long, value_name = "FIELD")]
    pub json_text: Option<String>,
    /// The field that holds the page's address
    #[arg(long, value_name = "FIELD")]
    pub json_url: Option<String>,
    /// The field that holds the title
    #[arg(long, value_name = "FIELD")]
    pub json_title: Option<String>,
    /// The field that holds the names of the authors
    #[arg(long, value_name = "FIELD")]
    pub json_author: Option<String>,
    /// The field that holds the day of publication: ISO 8601, a printed date, seconds or milliseconds since 1970
    #[arg(long, value_name = "FIELD")]
    pub json_date: Option<String>,
}

impl From<JsonArgs> for JsonFields {
    fn from(arguments: JsonArgs) -> Self {
        let JsonArgs { json_text, json_url, json_title, json_author, json_date } = arguments;
        Self { text: json_text, url: json_url, title: json_title, author: json_author, date: json_date }
    }
}

/// The options of convert.
#[derive(Debug, Args)]
pub struct ConvertArgs {
    /// Files, folders, web archives, JSON, mail, feeds, exports of press databases, compressed or not, or - for standard input
    #[arg(required_unless_present = "files_from", value_name = "INPUT")]
    pub inputs: Vec<PathBuf>,
    /// Reads more inputs from a file, a path on each line; - for standard input
    #[arg(long, value_name = "FILE")]
    pub files_from: Option<PathBuf>,
    /// Formats to write; where a file for all articles is asked for, none but these
    #[arg(long, value_name = "FORMAT,...", value_delimiter = ',')]
    pub to: Vec<String>,
    /// The folder to write to
    #[arg(short, long, value_name = "DIR", default_value = "output")]
    pub output: PathBuf,
    /// Worker threads; 0 is one per processor
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub jobs: u16,
    /// Does not make again what was made from the same input, options and program version
    #[arg(long, conflicts_with = "force")]
    pub resume: bool,
    /// Replaces files that this program did not write, or that were changed since
    #[arg(long)]
    pub force: bool,
    /// Rejects what has a warning
    #[arg(long)]
    pub strict: bool,
    /// Converts, but writes nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Converts only files of folders whose relative path matches
    #[arg(long, value_name = "GLOB")]
    pub include: Vec<String>,
    /// Leaves out files of folders whose relative path matches
    #[arg(long, value_name = "GLOB")]
    pub exclude: Vec<String>,
    /// Converts the first N articles and reads no others
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    pub limit: Option<u64>,
    /// Converts N articles drawn from all inputs, the same ones in every run; inputs are read twice
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), conflicts_with = "limit")]
    pub sample: Option<u64>,
    /// Refuses larger inputs
    #[arg(long, value_name = "BYTES", default_value_t = Limits::DEFAULT.max_bytes)]
    pub max_bytes: u64,
    /// Refuses inputs that grow to more than this many times their compressed size
    #[arg(long, value_name = "N", default_value_t = Limits::DEFAULT.max_ratio, value_parser = clap::value_parser!(u64).range(1..))]
    pub max_ratio: u64,
    /// How containers are read.
    #[command(flatten)]
    pub json_fields: JsonArgs,
    /// Rules and defaults for the papers that the inputs are from, in TOML
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// States the title (one input)
    #[arg(long)]
    pub title: Option<String>,
    /// States the language, BCP 47 (one input)
    #[arg(long, value_name = "TAG", value_parser = language_tag)]
    pub language: Option<String>,
    /// States a persistent identifier, an ARK or a DOI; {article} and {content} (digits of our ids) and {name} (of the
    /// file, without its ending) tell inputs apart: ark:/12345/x{name}
    #[arg(long, value_name = "TEMPLATE")]
    pub identifier: Option<IdentifierTemplate>,
    /// Whether the EPUB lists the pages of the PDF; auto: when the PDF is written too
    #[arg(long, hide = !cfg!(feature = "epub"), value_name = "WHEN", default_value = "auto")]
    pub epub_page_list: PageList,
    /// How the articles of the anthology are grouped
    #[arg(long, hide = !cfg!(feature = "epub"), value_name = "BY", default_value = "date")]
    pub group_by: GroupBy,
    /// The title of the anthology
    #[arg(long, hide = !cfg!(feature = "epub"), value_name = "TITLE")]
    pub anthology_title: Option<String>,
    /// Chinese and Japanese EPUBs run from top to bottom, their lines from right to left
    #[arg(long, hide = !cfg!(feature = "epub"))]
    pub epub_vertical: bool,
    /// The EPUB carries the fonts that it is set in, cut down to its letters; those of --font-dir too
    #[arg(long, hide = !cfg!(feature = "epub"))]
    pub epub_embed_fonts: bool,
    /// Says in the EPUB that NAME evaluated it: EPUB Accessibility 1.1, WCAG 2.1 level AA
    #[arg(long, hide = !cfg!(feature = "epub"), value_name = "NAME")]
    pub epub_certified_by: Option<String>,
    /// The paper of the PDF
    #[arg(long, hide = !cfg!(feature = "pdf"), value_name = "PAPER", default_value = "a4")]
    pub pdf_paper: Paper,
    /// The size of the PDF's text in points, 8 to 16
    #[arg(long, hide = !cfg!(feature = "pdf"), value_name = "POINTS", default_value = "11", value_parser = points)]
    pub pdf_size: u16,
    /// Attaches the original bytes, the TEI and the log of repairs to the PDF, which becomes PDF/A-3a
    #[arg(long, hide = !cfg!(feature = "pdf"))]
    pub pdf_attach_source: bool,
    /// Takes characters that the embedded fonts lack from the fonts of a folder; can be given several times
    #[cfg(feature = "typeset")]
    #[arg(long, value_name = "DIR")]
    pub font_dir: Vec<PathBuf>,
    /// Takes characters that the embedded fonts lack from the fonts of the system
    #[cfg(feature = "typeset")]
    #[arg(long)]
    pub system_fonts: bool,
    /// The time that outputs may claim: RFC 3339, or seconds since 1970
    #[arg(long, value_name = "TIME", env = "SOURCE_DATE_EPOCH", hide_env_values = true, value_parser = timestamp)]
    pub timestamp: Option<DateTime<Utc>>,
    /// What of the repairs is made.
    #[command(flatten)]
    pub repairs: RepairArgs,
    /// Prints one JSON object a line for each input
    #[arg(long)]
    pub json: bool,
    /// Prints rejected inputs only
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Prints notes too
    #[arg(short, long)]
    pub verbose: bool,
    /// Prints the licences of everything that is part of this program
    #[arg(long, exclusive = true)]
    pub licenses: bool,
}

/// Values of options by their names, without a help text for each: `--help` stays a page of one line an option.
macro_rules! values {
    ($($kind:ty { $($name:literal $variant:ident),+ })+) => {$(
        impl ValueEnum for $kind {
            fn value_variants<'a>() -> &'a [Self] {
                &[$(Self::$variant),+]
            }

            fn to_possible_value(&self) -> Option<PossibleValue> {
                Some(PossibleValue::new(match self {
                    $(Self::$variant => $name),+
                }))
            }
        }
    )+};
}

values! {
    PageList { "auto" Auto, "never" Never }
    GroupBy { "date" Date, "author" Author, "source" Source, "section" Section }
    Paper { "a4" A4, "letter" Letter }
}

/// A size in points, as 1/100 pt.
fn points(text: &str) -> Result<u16, String> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let hundredths = match fraction.len() {
        1 => fraction.parse::<u16>().ok().map(|n| n * 10),
        2 => fraction.parse().ok(),
        _ => None,
    };
    let whole = whole.parse::<u16>().ok().and_then(|n| n.checked_mul(100));
    whole
        .zip(hundredths)
        .map(|(whole, hundredths)| whole + hundredths)
        .filter(|size| LayoutOptions::SIZES.contains(size))
        .ok_or_else(|| {
            format!(
                "a size is {} to {} points, with at most two decimals",
                LayoutOptions::SIZES.start() / 100,
                LayoutOptions::SIZES.end() / 100
            )
        })
}

fn language_tag(tag: &str) -> Result<String, String> {
    if is_language_tag(tag) {
        Ok(tag.to_owned())
    } else {
        Err("not a BCP 47 language tag; examples: en, zh-Hans, pt-BR".to_owned())
    }
}

/// At most three decimals count.
fn confidence(text: &str) -> Result<Permille, String> {
    let value: f64 = text.parse().map_err(|_| "not a number from 0 to 1".to_owned())?;
    if !(0.0..=1.0).contains(&value) {
        return Err("not from 0 to 1".to_owned());
    }
    // In range: the cast is exact.
    Ok(Permille::new((value * 1000.0).round() as u16))
}

fn timestamp(text: &str) -> Result<DateTime<Utc>, String> {
    let seconds = text.parse::<i64>().ok().and_then(|s| DateTime::from_timestamp(s, 0));
    let time = seconds.or_else(|| DateTime::parse_from_rfc3339(text).ok().map(|t| t.with_timezone(&Utc)));
    let years = DateTime::from_timestamp(315_532_800, 0)..DateTime::from_timestamp(4_354_819_200, 0);
    match time {
        Some(time) if years.contains(&Some(time)) => Ok(time),
        // ZIP entries carry years from 1980 to 2107 (APPNOTE 4.4.6).
        Some(_) => Err("the year must be from 1980 to 2107: ZIP cannot carry others".to_owned()),
        None => Err("not a time; examples: 2026-11-23T00:00:00Z, 1795392000".to_owned()),
    }
}

impl ConvertArgs {
    /// The plan, without what is in other files: the configuration and the fonts.
    pub fn plan(&self, table: &[&'static Format], collections: Vec<PlacedCollection>) -> Plan {
        let asked = |format: &&&'static Format| self.to.iter().any(|name| name == format.name);
        Plan {
            run: Run {
                inputs: self.inputs.clone(),
                include: self.include.clone(),
                exclude: self.exclude.clone(),
                opening: Opening {
                    limits: Limits { max_bytes: self.max_bytes, max_ratio: self.max_ratio },
                    json: self.json_fields.clone().into(),
                },
                limit: self.limit,
                sample: self.sample,
                output: self.output.clone(),
                collections,
                replace: match (self.resume, self.force) {
                    (_, true) => Replace::Force,
                    (true, false) => Replace::Resume,
                    (false, false) => Replace::Ours,
                },
                dry_run: self.dry_run,
                jobs: usize::from(self.jobs),
            },
            reading: Reading {
                stated: Stated {
                    title: self.title.clone(),
                    language: self.language.clone(),
                    identifier: self.identifier.clone(),
                },
                repair: self.repairs.into(),
                ..Reading::default()
            },
            writing: Writing {
                formats: table.iter().filter(asked).map(|format| format.name).collect(),
                clock: Clock { claimed: self.timestamp },
                strict: self.strict,
                layout: LayoutOptions {
                    paper: self.pdf_paper,
                    size: self.pdf_size,
                    #[cfg(feature = "typeset")]
                    fonts: FontLibrary::default(),
                },
                pdf: PdfOptions { attach_source: self.pdf_attach_source },
                epub: EpubOptions {
                    page_list: self.epub_page_list,
                    vertical: self.epub_vertical,
                    embed_fonts: self.epub_embed_fonts,
                    certified_by: self.epub_certified_by.clone(),
                },
                anthology: AnthologyOptions { title: self.anthology_title.clone(), group_by: self.group_by },
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::write::{COLLECTIONS, FORMATS};

    #[test]
    fn the_definitions_are_consistent() {
        Cli::definitions(FORMATS, COLLECTIONS).debug_assert();
        Cli::definitions(FORMATS, &[]).debug_assert();
    }

    #[test]
    fn the_help_is_a_page_of_one_line_an_option() {
        // Where one of them has a longer text, `--help` has a paragraph for each option.
        let definitions = Cli::definitions(FORMATS, COLLECTIONS);
        assert!(definitions.get_arguments().all(|option| option.get_long_help().is_none()));
        let mut values = definitions.get_arguments().flat_map(Arg::get_possible_values);
        assert!(values.all(|value| value.get_help().is_none()));
    }

    #[test]
    fn sizes_are_points_with_a_fraction() {
        assert_eq!(points("11"), Ok(1100));
        assert_eq!(points("9.5"), Ok(950));
        assert!(
            points("7.9").is_err() && points("17").is_err() && points("large").is_err() && points("9.123").is_err()
        );
    }

    #[test]
    fn times_before_1980_are_refused() {
        assert!(timestamp("0").is_err() && timestamp("yesterday").is_err());
        assert_eq!(timestamp("1795392000"), timestamp("2026-11-23T00:00:00Z"));
    }
}
