//! Owns the findings of one walk as they come in, one a layer. Must not walk.

use std::time::Duration;

use crate::doctor::{Layer, LayerFinding, LayerState, OnLayer};
use crate::error::GatewayError;

/// What a step saw that did not fail.
pub(super) enum Seen {
    Passed(Vec<String>),
    NotNeeded(Vec<String>),
}

/// What a step saw before it failed, and the failure.
pub(super) struct Fault {
    pub(super) seen: Vec<String>,
    pub(super) error: GatewayError,
}

impl From<GatewayError> for Fault {
    fn from(error: GatewayError) -> Self {
        let seen = Vec::new();
        Self { seen, error }
    }
}

/// The findings so far, in order.
#[derive(Default)]
pub(super) struct Findings(Vec<LayerFinding>);

impl Findings {
    pub(super) fn passed(&self) -> bool {
        self.0.iter().all(|finding| finding.error.is_none())
    }

    pub(super) fn all(self) -> Vec<LayerFinding> {
        self.0
    }

    pub(super) fn push(&mut self, layer: Layer, outcome: Result<Seen, Fault>, duration: Duration, tell: OnLayer<'_>) {
        let (state, seen, error) = match outcome {
            Ok(Seen::Passed(seen)) => (LayerState::Passed, seen, None),
            Ok(Seen::NotNeeded(seen)) => (LayerState::NotNeeded, seen, None),
            Err(fault) => (LayerState::Failed, fault.seen, Some(fault.error)),
        };
        self.told(layer, state, (seen, error, duration), tell);
    }

    /// The layers that nothing was found of were not reached.
    pub(super) fn end(&mut self, tell: OnLayer<'_>) {
        for layer in Layer::ALL {
            if self.0.iter().all(|finding| finding.layer != layer) {
                self.told(layer, LayerState::NotReached, Default::default(), tell);
            }
        }
        self.0
            .sort_by_key(|finding| Layer::ALL.iter().position(|layer| *layer == finding.layer));
    }

    fn told(
        &mut self,
        layer: Layer,
        state: LayerState,
        (seen, error, duration): (Vec<String>, Option<GatewayError>, Duration),
        tell: OnLayer<'_>,
    ) {
        let finding = LayerFinding {
            layer,
            state,
            seen,
            error,
            duration,
        };
        tell(&finding);
        self.0.push(finding);
    }

    /// What was found on the way to `host` besides: a layer fails where either does, and says of which host it speaks.
    pub(super) fn fold_in(&mut self, others: Self, host: &str, tell: OnLayer<'_>) {
        for (mine, other) in self.0.iter_mut().zip(others.0) {
            mine.duration += other.duration;
            match other.state {
                LayerState::NotNeeded => continue,
                // Nothing that was seen on the first way counts for this one.
                LayerState::NotReached => *mine = LayerFinding { ..other },
                LayerState::Passed | LayerState::Failed => {
                    let named = other.seen.into_iter().map(|seen| format!("{host}: {seen}"));
                    if other.state == LayerState::Failed {
                        mine.seen = named.collect();
                        mine.error = other.error;
                    } else {
                        mine.seen.extend(named);
                    }
                    mine.state = other.state;
                }
            }
            tell(mine);
        }
    }
}
