//! The command line: arguments to a plan, diagnostics and progress to the terminal, the exit status. The only
//! file that prints.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use indicatif::{ProgressBar, ProgressStyle};

use oped_convert::TABLES;
use oped_convert::batch::{self, Outcome, Progress};
use oped_convert::characters::{is_obeyed, printable};
use oped_convert::cli::{Cli, Command, ConvertArgs};
use oped_convert::container::{self, Input, Loaded};
use oped_convert::diagnostic::{self, Diagnostic, Severity};
use oped_convert::edit::RepairLog;
use oped_convert::inspect::{self, Inspection};
use oped_convert::metadata::rules;
use oped_convert::original::Original;
#[cfg(feature = "typeset")]
use oped_convert::plan::FontLibrary;
use oped_convert::plan::{Houses, Limits, Opening, PlacedCollection, Plan, Reading, RepairOptions, Run, Stated};
use oped_convert::report::{Row, Status};

const LICENSES: &str = include_str!("../THIRD-PARTY.md");

fn main() -> ExitCode {
    // What a panic says may quote a text; the row of its input says it again.
    std::panic::set_hook(Box::new(|panic| complain(&panic.to_string())));
    let parsed = definitions().try_get_matches().and_then(|m| Cli::of_arguments(&m, TABLES.collections));
    let (cli, collections) = match parsed {
        Ok(parsed) => parsed,
        Err(error) => return refuse(&error),
    };
    let outcome = match cli.command {
        Some(command) => run_command(command),
        None => convert(&cli.convert, collections),
    };
    match outcome {
        Ok(code) => code,
        // Whoever reads our output may stop reading: `| head`.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn definitions() -> clap::Command {
    Cli::definitions(TABLES.formats, TABLES.collections)
}

/// Says what is wrong with the arguments, or gives the help that they ask for.
fn refuse(error: &clap::Error) -> ExitCode {
    // What it quotes may be of the arguments, or of the environment.
    let text = error.to_string();
    if error.use_stderr() && text.lines().any(|line| line.contains(is_obeyed)) {
        let lines: String = text.lines().map(|line| printable(line).into_owned() + "\n").collect();
        let _ = io::stderr().write_all(lines.as_bytes());
        return ExitCode::from(2);
    }
    error.exit()
}

/// One line on standard error. Where nobody can read it, the run and its status stay what they are.
fn complain(text: &str) {
    let _ = writeln!(io::stderr(), "oped-convert: {}", printable(text));
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

fn say(text: impl AsRef<[u8]>) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_ref())?;
    // What stays in the buffer is written at exit, where a full disk goes unnoticed.
    Ok(stdout.flush()?)
}

/// JSON on a line of its own. It escapes C0 controls itself; the others that a terminal obeys stand in its strings only.
fn say_json(json: &str) -> Result<()> {
    let mut line = String::with_capacity(json.len() + 1);
    for c in json.chars() {
        if is_obeyed(c) { line.push_str(&format!("\\u{:04x}", u32::from(c))) } else { line.push(c) }
    }
    line.push('\n');
    say(line)
}

fn run_command(command: Command) -> Result<ExitCode> {
    match command {
        Command::Repair { file, log, explain, json, repairs } => {
            repair(&file, log.as_deref(), explain, json, &repairs.into())
        }
        Command::Restore { repaired, log } => restore(&repaired, &log),
        Command::Inspect { file, json, json_fields, config, title, language, repairs } => {
            let stated = Stated { title, language, ..Stated::default() };
            let reading = Reading { repair: repairs.into(), stated, houses: houses(config.as_deref())? };
            let opening =
                Opening { limits: Limits { max_bytes: Limits::NONE, ..Limits::DEFAULT }, json: json_fields.into() };
            inspect(&file, json, &opening, &reading)
        }
        Command::Learn { inputs, json_fields } => {
            let opening = Opening { json: json_fields.into(), ..Opening::default() };
            say(oped_convert::learn::learn(&Run { inputs, opening, ..Run::default() }, TABLES.containers)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Formats => formats(),
        Command::Explain { code } => explain(&code),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut definitions(), "oped-convert", &mut script);
            say(script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => manual(),
    }
}

fn convert(arguments: &ConvertArgs, collections: Vec<PlacedCollection>) -> Result<ExitCode> {
    if arguments.licenses {
        say(LICENSES)?;
        return Ok(ExitCode::SUCCESS);
    }
    no_command(&arguments.inputs)?;
    let plan = plan(arguments, collections)?;
    let bar = (io::stderr().is_terminal() && !arguments.quiet && !arguments.json).then(progress_bar);
    let mut outcome: Result<()> = Ok(());
    let run = batch::run(&plan, &TABLES, &mut |row, progress| {
        // Where nobody reads on, the run goes on all the same.
        if outcome.is_err() {
            return;
        }
        outcome = match &bar {
            Some(bar) => show(bar, &lines(row, arguments), progress),
            None if arguments.json => say_json(&row.to_json()),
            None => say(lines(row, arguments)),
        };
    })?;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    if outcome.is_ok() && !arguments.json && !arguments.quiet {
        outcome = say(closing_line(&run, arguments));
    }
    for trouble in &run.troubles {
        complain(&chain(trouble));
    }
    match outcome {
        // A reader that has seen enough changes nothing of how the run ended.
        Err(error) if !is_closed_pipe(&error) => {
            complain(&format!("the rows could not be printed: {error:#}"));
            Ok(ExitCode::from(1))
        }
        _ if run.is_complete() => Ok(ExitCode::SUCCESS),
        _ => Ok(ExitCode::from(1)),
    }
}

/// Where a word before other inputs is neither a file nor a command, it was meant to be one of them: nothing is converted.
fn no_command(inputs: &[PathBuf]) -> Result<()> {
    let Some((first, others)) = inputs.split_first() else { return Ok(()) };
    let word = first.to_string_lossy();
    let is_word = !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-') && word != "-";
    if !is_word || first.exists() || !others.iter().any(|other| other.exists()) {
        return Ok(());
    }
    let definitions = definitions();
    let commands = definitions.get_subcommands().map(|command| command.get_name().to_owned());
    let files = fs::read_dir(".").into_iter().flatten().flatten();
    let files = files.map(|file| file.file_name().to_string_lossy().into_owned());
    let is_given = |name: &String| others.iter().any(|other| other.as_os_str() == name.as_str());
    let is_near = |name: &String| strsim::jaro(&word, name) > NEAR && !is_given(name);
    let mut near: Vec<String> = commands.chain(files).filter(is_near).collect();
    near.sort_unstable();
    let near =
        if near.is_empty() { "--help lists the commands".to_owned() } else { format!("near it: {}", near.join(", ")) };
    anyhow::bail!("{word}: no command, and no such file or folder; {near}");
}

/// Names that are more alike than this may have been meant: the measure and the limit with which clap suggests values.
const NEAR: f64 = 0.7;

/// The plan with what is in other files.
fn plan(arguments: &ConvertArgs, collections: Vec<PlacedCollection>) -> Result<Plan> {
    let mut plan = arguments.plan(TABLES.formats, collections);
    if let Some(list) = &arguments.files_from {
        plan.run.inputs.extend(listed(list, &arguments.inputs)?);
    }
    plan.reading.houses = houses(arguments.config.as_deref())?;
    #[cfg(feature = "typeset")]
    {
        plan.writing.layout.fonts = FontLibrary::load(&arguments.font_dir, arguments.system_fonts)?;
        if !arguments.font_dir.is_empty() && plan.writing.layout.fonts.digest().is_none() && !arguments.quiet {
            complain("no font there has a character that the embedded ones lack");
        }
    }
    Ok(plan)
}

/// The inputs that a file lists, a path on each line.
fn listed(list: &Path, inputs: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let is_stdin = list.as_os_str() == "-";
    anyhow::ensure!(
        !(is_stdin && inputs.contains(&list.to_owned())),
        "standard input is the list of inputs, and no input"
    );
    let text = if is_stdin { io::read_to_string(io::stdin()) } else { fs::read_to_string(list) };
    let text = text.with_context(|| format!("the list {} cannot be read", list.display()))?;
    Ok(text.lines().filter(|line| !line.is_empty()).map(PathBuf::from).collect())
}

/// An error with its causes, as far as it does not name them itself.
fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(error.source(), |error| error.source()).map(ToString::to_string);
    causes.fold(error.to_string(), |told, cause| if told.ends_with(&cause) { told } else { told + ": " + &cause })
}

/// The house styles of a configuration file.
fn houses(config: Option<&Path>) -> Result<Arc<Houses>> {
    let Some(config) = config else { return Ok(Arc::default()) };
    let text = fs::read_to_string(config).with_context(|| format!("{} cannot be read", config.display()))?;
    Ok(Arc::new(Houses::from_toml(&text).with_context(|| config.display().to_string())?))
}

fn progress_bar() -> ProgressBar {
    let bar = ProgressBar::new(0);
    // A constant template; were it wrong, the default style would do.
    if let Ok(style) = ProgressStyle::with_template("{wide_bar} {pos}/{len}  {eta}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, text: &str, progress: Progress) -> Result<()> {
    bar.set_length(progress.total as u64);
    bar.set_position(progress.done as u64);
    bar.suspend(|| say(text))
}

/// What one input's row says: nothing for a silent success.
fn lines(row: &Row, arguments: &ConvertArgs) -> String {
    let least = if arguments.verbose { Severity::Note } else { Severity::Warning };
    let mut text = String::new();
    let rejected = matches!(row.status, Status::Rejected | Status::Partial);
    let is_shown = row.status != Status::Ignored || arguments.verbose;
    if !arguments.quiet && is_shown || rejected {
        let would_be = if arguments.dry_run && row.status == Status::Converted { "would be " } else { "" };
        let encoding = row.encoding.as_ref().map(|e| format!("  {e}")).unwrap_or_default();
        let repairs = match row.repairs {
            0 => String::new(),
            1 => ", 1 repair".to_owned(),
            n => format!(", {n} repairs"),
        };
        // A file name may hold line breaks, and escapes that a terminal obeys; so may what is quoted of a text.
        text.push_str(&format!("{}: {would_be}{}{encoding}{repairs}\n", printable(&row.input), row.status));
        for diagnostic in row.diagnostics.iter().filter(|d| d.code.severity >= least) {
            text.push_str(&format!("    {}\n", printable(&diagnostic.to_string())));
        }
    }
    text
}

fn closing_line(run: &Outcome, arguments: &ConvertArgs) -> String {
    let summary = &run.summary;
    let mut parts = vec![format!("{} converted", summary.converted)];
    let counts = [
        (summary.unchanged, "unchanged"),
        (summary.partial, "in part"),
        (summary.rejected, "rejected"),
        (summary.ignored, "ignored"),
        (summary.passed_over, "not in the sample"),
    ];
    parts.extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    parts.extend(summary.limit.map(|limit| format!("nothing read behind the first {limit}")));
    let place =
        if arguments.dry_run { "nothing written".to_owned() } else { format!("in {}", arguments.output.display()) };
    format!("{}; {}\n", parts.join(", "), printable(&place))
}

fn load(file: &Path) -> Result<Original> {
    container::load(&Input::of(file), Limits::NONE).map_err(|d| anyhow::anyhow!("{}: {}", file.display(), d.message))
}

fn repair(file: &Path, log: Option<&Path>, explain: bool, json: bool, options: &RepairOptions) -> Result<ExitCode> {
    let original = load(file)?;
    let write_log = |made: &RepairLog| {
        let Some(path) = log else { return Ok(()) };
        let same = |a: &Path, b: &Path| fs::canonicalize(a).is_ok_and(|a| fs::canonicalize(b).is_ok_and(|b| a == b));
        anyhow::ensure!(!same(file, path), "{} is the file to repair; the log would overwrite it", path.display());
        write_file(path, made.to_json().as_bytes())
    };
    if !json && !explain {
        let repaired = oped_convert::repair::repair(&original, oped_convert::decode::decode(&original), options);
        write_log(&repaired.log)?;
        say(&repaired.text)?;
        return Ok(ExitCode::SUCCESS);
    }
    // What a repair did is told with what the document says of it.
    let options = Reading { repair: *options, ..Reading::default() };
    let reading = oped_convert::read_original(&original, &options);
    write_log(&reading.repaired.log)?;
    if json {
        say_json(&serde_json::to_string(&inspect::repairs(&reading))?)?;
    } else {
        say(inspect::repair_table(&reading))?;
        for diagnostic in &reading.diagnostics {
            say(printable(&diagnostic.to_string()).into_owned() + "\n")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<()> {
    let write = || {
        let mut file = File::create(path)?;
        file.write_all(bytes)?;
        file.sync_all()
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

fn restore(repaired: &Path, log: &Path) -> Result<ExitCode> {
    let mut text = Vec::new();
    if repaired.as_os_str() == "-" {
        io::stdin().lock().read_to_end(&mut text)?;
    } else {
        text = fs::read(repaired).with_context(|| format!("{} cannot be read", repaired.display()))?;
    }
    let json = fs::read_to_string(log).with_context(|| format!("{} cannot be read", log.display()))?;
    let log = RepairLog::from_json(&json).with_context(|| log.display().to_string())?;
    let restored = match String::from_utf8(text) {
        Ok(text) => log.restore(&text).map_err(|e| e.to_string()),
        Err(_) => Err("the repaired text is not UTF-8, so it is not the one this log describes".to_owned()),
    };
    match restored {
        Ok(bytes) => {
            say(bytes)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(why) => {
            complain(&why);
            Ok(ExitCode::from(1))
        }
    }
}

fn inspect(file: &Path, json: bool, opening: &Opening, reading: &Reading) -> Result<ExitCode> {
    let mut outcome: Result<()> = Ok(());
    let (mut shown, mut unread) = (0, None);
    container::originals(
        &Input::of(file),
        opening,
        TABLES.containers,
        &mut |Loaded { name, index, result, noticed, .. }| {
            match result {
                Ok(original) => {
                    outcome = inspect_one(&original, json, reading, (&name, index, noticed), shown > 0);
                    shown += 1;
                }
                Err(why) if why.code == diagnostic::C017 => {}
                // One record of many, or a stretch that holds none; of a file of which there is nothing to show it is all.
                Err(why) => {
                    if let Some(before) = unread.replace(format!("{name}: {}", why.message)) {
                        complain(&before);
                    }
                }
            }
            if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        },
    );
    match unread {
        Some(why) if shown == 0 => anyhow::bail!(why),
        Some(why) => complain(&why),
        None => {}
    }
    outcome.map(|()| ExitCode::SUCCESS)
}

fn inspect_one(
    original: &Original,
    json: bool,
    options: &Reading,
    (name, index, noticed): (&str, Option<u64>, Vec<Diagnostic>),
    follows: bool,
) -> Result<()> {
    let mut reading = oped_convert::read_original(original, options);
    // A run would not convert it.
    let unread = container::unread(&original.origin, &original.bytes);
    reading.diagnostics.splice(0..0, noticed.into_iter().chain(unread));
    if json {
        return say_json(&Inspection::new(original, &reading).to_json());
    }
    let name = printable(name);
    let heading = match (index, follows) {
        (None, _) => String::new(),
        (_, false) => format!("== {name}\n"),
        (_, true) => format!("\n== {name}\n"),
    };
    // A terminal that wants none says so by NO_COLOR, and so on.
    let colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    say(heading + &inspect::page(original, &reading, colour))
}

fn formats() -> Result<ExitCode> {
    for format in TABLES.formats {
        say(format!("{:<6} .{:<9} {:<22} {}\n", format.name, format.extension, format.media_type, format.spec))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn explain(code: &str) -> Result<ExitCode> {
    if let Some(rule) = rules::explanation(code) {
        say(rule)?;
        return Ok(ExitCode::SUCCESS);
    }
    let Some(code) = diagnostic::code(code) else {
        let known = diagnostic::CODES.iter().map(|c| c.id).chain(rules::RULES.iter().map(|rule| rule.id.0));
        let known = known.collect::<Vec<_>>().join(", ");
        anyhow::bail!("there is no diagnostic and no rule {code:?}; there are {known}");
    };
    say(format!("{} ({}): {}\n{}\n", code.id, code.severity, code.title, code.doc))?;
    Ok(ExitCode::SUCCESS)
}

fn manual() -> Result<ExitCode> {
    let mut page = Vec::new();
    let command = definitions();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands() {
        clap_mangen::Man::new(sub.clone().name(format!("oped-convert-{}", sub.get_name()))).render(&mut page)?;
    }
    say(page)?;
    Ok(ExitCode::SUCCESS)
}
