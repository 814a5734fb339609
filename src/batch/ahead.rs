//! Originals are read ahead of the workers, window by window; of a run that wants some articles only, those.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;

use uuid::Uuid;

use crate::container::{self, ContainerKind, Input, Loaded};
use crate::diagnostic::{self, Diagnostic};
use crate::plan::{Opening, Run};
use crate::write::panic_message;

/// Originals that are converted together.
const WINDOW: usize = 256;
/// Bytes of originals that are converted together, unless a single one has more.
const WINDOW_BYTES: usize = 32 << 20;

/// Originals with the number of the input that they are from.
pub(super) type Window = Box<[(usize, Loaded)]>;

/// What the inputs of a run hold.
pub(super) struct Inputs<'a> {
    pub inputs: &'a [Input],
    pub opening: &'a Opening,
    pub containers: &'a [&'static ContainerKind],
}

impl Inputs<'_> {
    /// Hands on what they hold, with the number of the input, until nothing more is wanted.
    fn each(&self, want: &mut dyn FnMut(usize, Loaded) -> ControlFlow<()>) {
        for (number, input) in self.inputs.iter().enumerate() {
            let mut flow = ControlFlow::Continue(());
            let mut take = |loaded: Loaded| {
                flow = want(number, loaded);
                flow
            };
            // A defect of the reader of one container must not take the other inputs with it.
            let read = || container::originals(input, self.opening, self.containers, &mut take);
            if let Err(panic) = catch_unwind(AssertUnwindSafe(read)) {
                let why = Diagnostic::new(diagnostic::W005, panic_message(panic.as_ref()));
                let _ = take(Loaded::rejected(input.relative.clone(), None, why));
            }
            if flow.is_break() {
                return;
            }
        }
    }

    /// Sends the windows of a run. Returns what it did not want.
    pub fn send(&self, run: &Run, sender: &mpsc::SyncSender<Window>) -> Unwanted {
        let selected = Selected::of(run, self);
        let mut unwanted = Unwanted::default();
        let (mut window, mut bytes, mut articles) = (Vec::new(), 0, 0);
        self.each(&mut |number, loaded| {
            // Each record is one article at most, and has its row: only articles are counted.
            if let Ok(original) = &loaded.result {
                articles += 1;
                if !selected.has(original.identity().article, articles) {
                    unwanted.passed_over += 1;
                    return ControlFlow::Continue(());
                }
                bytes += original.bytes.len();
            }
            window.push((number, loaded));
            let is_last = selected == Selected::First(articles);
            unwanted.limit = is_last.then_some(articles);
            if window.len() < WINDOW && bytes < WINDOW_BYTES && !is_last {
                return ControlFlow::Continue(());
            }
            bytes = 0;
            // The other end hangs up only when the run is over.
            let sent = sender.send(std::mem::take(&mut window).into());
            if sent.is_ok() && !is_last { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        if !window.is_empty() {
            let _ = sender.send(window.into());
        }
        unwanted
    }
}

/// What of the inputs a run did not want.
#[derive(Default)]
pub(super) struct Unwanted {
    /// Articles that are not in the sample.
    pub passed_over: usize,
    /// Articles after which nothing was read.
    pub limit: Option<u64>,
}

/// Which articles a run wants.
#[derive(PartialEq, Eq)]
enum Selected {
    All,
    /// So many from the beginning on.
    First(u64),
    /// Those with the least numbers, which are those of a digest: a sample that is the same whatever the order of the
    /// inputs. Equal articles are in it together; their order in the inputs tells them apart.
    Sample(BTreeSet<(Uuid, u64)>),
}

impl Selected {
    fn of(run: &Run, inputs: &Inputs<'_>) -> Self {
        if let Some(first) = run.limit {
            return Self::First(first);
        }
        let Some(size) = run.sample else { return Self::All };
        let (mut sample, mut articles) = (BTreeSet::new(), 0);
        inputs.each(&mut |_, loaded| {
            if let Ok(original) = loaded.result {
                articles += 1;
                sample.insert((original.identity().article, articles));
                if sample.len() as u64 > size {
                    sample.pop_last();
                }
            }
            ControlFlow::Continue(())
        });
        Self::Sample(sample)
    }

    /// Whether the article with this identity, which is the so many-th, is wanted.
    fn has(&self, article: Uuid, number: u64) -> bool {
        match self {
            Self::All | Self::First(_) => true,
            Self::Sample(sample) => sample.contains(&(article, number)),
        }
    }
}
