//! The command line: arguments to a plan, diagnostics and progress to the terminal, the exit status. The only
//! file that prints.

use std::fs::{self, File};
use std::io::{self, IsTerminal as _, Read as _, Write as _};
use std::ops::ControlFlow;
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::{CommandFactory as _, Parser as _};
use indicatif::{ProgressBar, ProgressStyle};

use oped_convert::batch::{self, Progress};
use oped_convert::cli::{Cli, Command, ConvertArgs};
use oped_convert::container::{self, Input, Loaded, Place};
use oped_convert::diagnostic::{self, Severity};
use oped_convert::edit::RepairLog;
use oped_convert::font::library::FontLibrary;
use oped_convert::inspect::{self, Inspection};
use oped_convert::original::Original;
use oped_convert::plan::{Houses, Plan, RepairOptions, Stated};
use oped_convert::report::{Row, Status, Summary};
use oped_convert::write::FORMATS;

const LICENSES: &str = include_str!("../THIRD-PARTY.md");

fn main() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command {
        Some(command) => run_command(command),
        None => convert(&cli.convert),
    };
    match outcome {
        Ok(code) => code,
        // Whoever reads our output may stop reading: `| head`.
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "oped-convert: {error:#}");
            ExitCode::from(2)
        }
    }
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

fn run_command(command: Command) -> Result<ExitCode> {
    match command {
        Command::Repair { file, log, explain, json, repairs } => {
            repair(&file, log.as_deref(), explain, json, &repairs.into())
        }
        Command::Restore { repaired, log } => restore(&repaired, &log),
        Command::Inspect { file, json, json_fields, config, title, language, repairs } => {
            let stated = Stated { title, language, houses: houses(config.as_deref())?, ..Stated::default() };
            let plan = Plan {
                repair: repairs.into(),
                stated,
                json: json_fields.into(),
                max_bytes: u64::MAX - 1,
                ..Plan::default()
            };
            inspect(&file, json, &plan)
        }
        Command::Learn { inputs, json_fields } => {
            let plan = Plan { inputs, json: json_fields.into(), ..Plan::default() };
            say(oped_convert::learn::learn(&plan)?)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Formats => formats(),
        Command::Explain { code } => explain(&code),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "oped-convert", &mut script);
            say(script)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Man => manual(),
    }
}

fn convert(arguments: &ConvertArgs) -> Result<ExitCode> {
    if arguments.licenses {
        say(LICENSES)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut plan = arguments.plan();
    plan.stated.houses = houses(arguments.config.as_deref())?;
    plan.pdf.fonts = FontLibrary::load(&arguments.font_dir, arguments.system_fonts)?;
    if !arguments.font_dir.is_empty() && plan.pdf.fonts.digest().is_none() && !arguments.quiet {
        writeln!(io::stderr(), "oped-convert: no font there has a character that the embedded ones lack")?;
    }
    let bar = (io::stderr().is_terminal() && !arguments.quiet && !arguments.json).then(progress_bar);
    let mut outcome: Result<()> = Ok(());
    let summary = batch::run(&plan, &mut |row, progress| {
        let text = if arguments.json { row.to_json() + "\n" } else { lines(row, arguments) };
        let printed = match &bar {
            Some(bar) => show(bar, &text, progress),
            None => say(&text),
        };
        if outcome.is_ok() {
            outcome = printed;
        }
    })?;
    if let Some(bar) = bar {
        bar.finish_and_clear();
    }
    outcome?;
    if !arguments.json && !arguments.quiet {
        say(closing_line(&summary, arguments))?;
    }
    Ok(if summary.is_complete() { ExitCode::SUCCESS } else { ExitCode::from(1) })
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
    if !arguments.quiet || rejected {
        let status = match row.status {
            Status::Converted if arguments.dry_run => "would be converted",
            Status::Converted => "converted",
            Status::Unchanged => "unchanged",
            Status::Partial => "PARTLY CONVERTED",
            Status::Rejected => "REJECTED",
        };
        let encoding = row.encoding.as_ref().map(|e| format!("  {e}")).unwrap_or_default();
        let repairs = match row.repairs {
            0 => String::new(),
            1 => ", 1 repair".to_owned(),
            n => format!(", {n} repairs"),
        };
        // A file name may hold line breaks, and escapes that a terminal obeys.
        let input: String = row.input.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect();
        text.push_str(&format!("{input}: {status}{encoding}{repairs}\n"));
        for diagnostic in row.diagnostics.iter().filter(|d| d.code.severity >= least) {
            text.push_str(&format!("    {diagnostic}\n"));
        }
    }
    text
}

fn closing_line(summary: &Summary, arguments: &ConvertArgs) -> String {
    let mut parts = vec![format!("{} converted", summary.converted)];
    let counts = [
        (summary.unchanged, "unchanged"),
        (summary.partial, "in part"),
        (summary.rejected, "rejected"),
        (summary.ignored, "ignored"),
    ];
    parts.extend(counts.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{n} {what}")));
    let place =
        if arguments.dry_run { "nothing written".to_owned() } else { format!("in {}", arguments.output.display()) };
    format!("{}; {place}\n", parts.join(", "))
}

/// The input that a file named on the command line is.
fn input_of(file: &Path) -> Input {
    let is_stdin = file.as_os_str() == "-";
    let relative =
        if is_stdin { "stdin".to_owned() } else { file.file_name().unwrap_or_default().to_string_lossy().into_owned() };
    let place = if is_stdin { Place::Stdin } else { Place::File(file.to_owned()) };
    Input { place, relative, root: String::new() }
}

fn load(file: &Path) -> Result<Original> {
    container::load(&input_of(file), u64::MAX - 1).map_err(|d| anyhow::anyhow!("{}: {}", file.display(), d.message))
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
    let reading = oped_convert::read_original(&original, &Stated::default(), options);
    write_log(&reading.repaired.log)?;
    if json {
        say(serde_json::to_string(&inspect::repairs(&reading))? + "\n")?;
    } else {
        say(inspect::repair_table(&reading))?;
        for diagnostic in &reading.diagnostics {
            say(format!("{diagnostic}\n"))?;
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
            writeln!(io::stderr(), "oped-convert: {why}")?;
            Ok(ExitCode::from(1))
        }
    }
}

fn inspect(file: &Path, json: bool, plan: &Plan) -> Result<ExitCode> {
    let mut outcome: Result<()> = Ok(());
    let mut seen = 0;
    container::originals(&input_of(file), plan, &mut |loaded| {
        outcome = inspect_one(file, json, plan, loaded, seen > 0);
        seen += 1;
        if outcome.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    outcome.map(|()| ExitCode::SUCCESS)
}

fn inspect_one(file: &Path, json: bool, plan: &Plan, loaded: Loaded, follows: bool) -> Result<()> {
    let original = match loaded.result {
        Ok(original) => original,
        // One record of many that cannot be read.
        Err(why) if loaded.index.is_some() => {
            return Ok(writeln!(io::stderr(), "oped-convert: {}: {}", loaded.name, why.message)?);
        }
        Err(why) => anyhow::bail!("{}: {}", file.display(), why.message),
    };
    let mut reading = oped_convert::read_original(&original, &plan.stated, &plan.repair);
    reading.diagnostics.splice(0..0, loaded.noticed);
    if json {
        return say(Inspection::new(&original, &reading).to_json() + "\n");
    }
    let heading = match (loaded.index, follows) {
        (None, _) => String::new(),
        (_, false) => format!("== {}\n", loaded.name),
        (_, true) => format!("\n== {}\n", loaded.name),
    };
    // A terminal that wants none says so by NO_COLOR, and so on.
    let colour = anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never;
    say(heading + &inspect::page(&original, &reading, colour))
}

fn formats() -> Result<ExitCode> {
    for format in FORMATS {
        say(format!("{:<6} .{:<9} {:<22} {}\n", format.name, format.extension, format.media_type, format.spec))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn explain(code: &str) -> Result<ExitCode> {
    let Some(code) = diagnostic::code(code) else {
        let known = diagnostic::CODES.iter().map(|c| c.id).collect::<Vec<_>>().join(", ");
        anyhow::bail!("there is no diagnostic {code:?}; the codes are {known}");
    };
    say(format!("{} ({}): {}\n{}\n", code.id, code.severity, code.title, code.doc))?;
    Ok(ExitCode::SUCCESS)
}

fn manual() -> Result<ExitCode> {
    let mut page = Vec::new();
    let command = Cli::command();
    clap_mangen::Man::new(command.clone()).render(&mut page)?;
    for sub in command.get_subcommands() {
        clap_mangen::Man::new(sub.clone().name(format!("oped-convert-{}", sub.get_name()))).render(&mut page)?;
    }
    say(page)?;
    Ok(ExitCode::SUCCESS)
}
