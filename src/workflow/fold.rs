//! How each event changes what is known of a case. It asks nothing: what is an event was allowed when it happened.

use super::action::{Action, Window};
use super::actor::Party;
use super::case::{Acceptance, Appointment, Case, Rectification, Round, RoundEnd, Wish};
use super::clock::{Clock, Reason};
use super::event::Event;
use super::person::{Candidate, Seat};
use super::state::State;
use jiff::civil::Date;

/// The case its events make.
pub fn fold<'e>(events: impl IntoIterator<Item = &'e Event>) -> Case {
    let mut case = Case::default();
    events.into_iter().for_each(|event| case.apply(event));
    case
}

impl Case {
    fn end_round(&mut self, end: RoundEnd) {
        if let Some(round) = self.rounds.last_mut().filter(|round| round.end.is_none()) {
            round.end = Some(end);
        }
    }

    fn offer(&mut self, by: Party, on: Date, windows: &[Window], reviewers: &[String]) {
        self.end_round(RoundEnd::Answered);
        self.rounds.push(Round { by, on, windows: windows.to_vec(), reviewers: reviewers.to_vec(), end: None });
        self.state = State::Scheduling;
    }

    fn appoint(&mut self, window: Window, reviewers: Vec<String>, on: Date) {
        let sequence = self.appointment.as_ref().map_or(0, |old| old.sequence + 1);
        self.appointment = Some(Appointment { window, reviewers, sequence });
        self.stop(&[Clock::Scheduling], on);
        self.state = State::Scheduled;
    }

    fn accept(&mut self, on: Date, today: Date, deemed: bool, agency: Option<&String>) {
        self.stop(&[Clock::Acceptance], today);
        self.start(if self.is_examined() { Clock::Examination } else { Clock::Decision }, on);
        self.acceptance = Some(Acceptance { on, deemed, documents: u32::from(!deemed) });
        self.agency = agency.cloned();
        self.state = State::Accepted;
    }

    /// One more 受理决定书; it may name another agency.
    fn document(&mut self, agency: Option<&String>) {
        if let Some(acceptance) = &mut self.acceptance {
            acceptance.documents += 1;
        }
        if agency.is_some() {
            self.agency = agency.cloned();
        }
    }

    /// A submission, or one more.
    fn receive(&mut self, version: i64, state: State, event: &Event) {
        self.version = version;
        self.submitted_at.get_or_insert(event.at);
        self.start(Clock::Acceptance, event.day());
        self.state = state;
    }

    /// The end of a case without a decision; every clock ends with it.
    fn close(&mut self, state: State, event: &Event) {
        self.runs.iter_mut().for_each(|run| {
            run.to.get_or_insert(event.day());
        });
        self.pauses.iter_mut().for_each(|pause| {
            pause.to.get_or_insert(event.day());
        });
        self.end_round(RoundEnd::Withdrawn);
        self.ended_at = Some(event.at);
        self.state = state;
    }

    fn decide(&mut self, state: State, event: &Event) {
        let day = event.day();
        self.stop(&[Clock::Decision, Clock::Rule, Clock::Renewal], day);
        self.start(Clock::Delivery, day);
        if state == State::Granted {
            self.start(Clock::Publicity, day);
        }
        self.decided = Some(day);
        self.approver = Some(event.by.clone());
        self.ended_at = (state == State::Denied).then_some(event.at);
        self.state = state;
    }

    /// Takes one more event in.
    pub fn apply(&mut self, event: &Event) {
        use Action::*;
        let day = event.day();
        self.revision += 1;
        if event.action.kind().is_examining() {
            self.examiners.insert(event.by.clone());
        }
        match &event.action {
            Create | CreateCopy { .. } | Read | Edit | Copy | Rechoose { .. } | RecordReview { .. } => {}
            CreatePerson { kind } => self.person = Some(Candidate::new(*kind)),
            Delete => {
                self.ended_at = Some(event.at);
                self.state = State::Deleted;
            }
            Restore => {
                self.ended_at = None;
                self.state = State::Draft;
            }
            Submit { version, .. } => {
                self.receive(*version, State::Submitted, event);
                self.start(Clock::Renewal, day);
            }
            Resubmit { version, .. } => {
                self.stop(&[Clock::Correction], day);
                // The practising units are asked anew; what one has confirmed stays confirmed.
                self.person.iter_mut().for_each(|person| person.practice.retain(|_, confirmed| *confirmed));
                self.receive(*version, State::Resubmitted, event);
            }
            Withdraw { .. } | DeemWithdrawn { .. } => self.close(State::Withdrawn, event),
            Accept { agency, .. } => self.accept(day, day, false, agency.as_ref()),
            DeemAccepted { on } => self.accept(*on, day, true, None),
            RequireCorrection { marks, days, .. } => {
                self.stop(&[Clock::Acceptance], day);
                self.start(Clock::Correction, day);
                self.corrections += 1;
                self.marks.clone_from(marks);
                self.correct_days = (*days > 0).then_some(*days);
                (self.consent_asked_by, self.consented) = (None, false);
                self.state = State::Correction;
            }
            AskConsent { .. } => self.consent_asked_by = Some(event.by.clone()),
            Consent => self.consented = true,
            Refuse { .. } => self.close(State::Refused, event),
            ConfirmAcceptance { agency, .. } => self.document(agency.as_ref()),
            AmendAcceptance { agency, items, amended, .. } => {
                self.document(agency.as_ref());
                self.amended.take(amended);
                self.given_up.extend(items.iter().cloned());
            }
            Entrust => {
                self.pause(Reason::Review, day);
                self.start(Clock::Scheduling, day);
                if let Some(acceptance) = &self.acceptance {
                    self.start(Clock::Review, acceptance.on);
                }
                self.state = State::Entrusted;
            }
            SkipReview => {
                if let Some(acceptance) = &self.acceptance {
                    self.start(Clock::Rule, acceptance.on);
                }
                self.state = State::Examining;
            }
            ReplaceAgency { agency, .. } => {
                self.agency = Some(agency.clone());
                self.end_round(RoundEnd::AgencyReplaced);
                (self.appointment, self.wish, self.escalated, self.authority_called) = (None, None, false, false);
                // A review under way begins anew, with feedback of its own.
                (self.rectification, self.feedback) = (None, None);
                self.runs.retain(|run| run.clock != Clock::Feedback);
                self.stop(&[Clock::Scheduling, Clock::Rectification], day);
                self.start(Clock::Scheduling, day);
                self.state = State::Entrusted;
            }
            Take => self.handler = Some(event.by.clone()),
            HandOver { to } => self.handler = Some(to.clone()),
            Propose { windows } => self.offer(Party::Unit, day, windows, &[]),
            Counter { windows, reviewers, .. } => self.offer(Party::Agency, day, windows, reviewers),
            WithdrawProposal | ExpireProposal => {
                self.end_round(if event.action == ExpireProposal { RoundEnd::Expired } else { RoundEnd::Withdrawn });
                self.state = State::Entrusted;
            }
            ReturnProposal { reason } => {
                self.end_round(RoundEnd::Returned(reason.clone()));
                self.state = State::ScheduleReturned;
            }
            Agree { window, reviewers } => {
                self.end_round(RoundEnd::Agreed(*window));
                self.appoint(*window, reviewers.clone(), day);
            }
            AcceptCounter { window } => {
                let reviewers = self.standing().map(|round| round.reviewers.clone()).unwrap_or_default();
                self.end_round(RoundEnd::Agreed(*window));
                self.appoint(*window, reviewers, day);
            }
            CallAuthority { .. } => self.authority_called = true,
            Escalate => self.escalated = true,
            AskReschedule { window, reason, reviewers } => {
                self.wish = Some(Wish { by: event.role.party(), window: *window, reason: reason.clone(), reviewers: reviewers.clone() });
            }
            AgreeReschedule { reviewers } => {
                let sent = self.sent(reviewers).to_vec();
                if let Some(wish) = self.wish.take() {
                    self.appoint(wish.window, sent, day);
                }
            }
            DeclineReschedule { .. } => self.wish = None,
            StartReview => {
                self.wish = None;
                self.state = State::UnderReview;
            }
            NarrowScope { items, .. } => self.given_up.extend(items.iter().cloned()),
            Memo { problems, deadline, unit_signer, .. } => {
                let (problems, unsigned) = (problems.clone(), unit_signer.trim().is_empty());
                self.rectification = Some(Rectification { problems, deadline: *deadline, unsigned, handed_in: false, confirmed: false });
                self.start(Clock::Rectification, day);
                self.state = State::Rectifying;
            }
            SignMemo => self.rectification.iter_mut().for_each(|rectification| rectification.unsigned = false),
            Rectify { .. } => self.judge_rectification(true, false),
            VerifyFail { .. } => {
                self.judge_rectification(false, false);
                self.reopen(Clock::Rectification);
                self.state = State::Rectifying;
            }
            VerifyOk { .. } => {
                self.judge_rectification(false, true);
                self.stop(&[Clock::Rectification], day);
                self.state = State::UnderReview;
            }
            Report { conclusion, .. } => {
                self.conclusion = Some(*conclusion);
                self.stop(&[Clock::Review, Clock::Rectification], day);
                self.resume(Reason::Review, day);
                self.start(Clock::Rule, day);
                if self.feedback.is_none() && self.run(Clock::Feedback).is_none() {
                    self.start(Clock::Feedback, day);
                }
                self.state = State::Reported;
            }
            GiveFeedback { .. } => {
                self.feedback = Some(day);
                self.stop(&[Clock::Feedback], day);
            }
            ConfirmPractice { unit } => self.answer_practice(unit, true),
            DenyPractice { unit, .. } => self.answer_practice(unit, false),
            CheckPractice { .. } => self.answer_practice(super::person::NAMED, true),
            SignUp { body, session, day } => {
                self.agency = Some(body.clone());
                self.start(Clock::Marks, *day);
                self.state = if self.state == State::ExamFailed { State::Resit } else { State::ExamRegistered };
                if let Some(person) = &mut self.person {
                    person.seat = Some(Seat { session: session.clone(), day: *day });
                }
            }
            MoveExam { day, .. } => {
                self.runs.iter_mut().filter(|run| run.clock == Clock::Marks && run.to.is_none()).for_each(|run| run.from = *day);
                self.person.iter_mut().filter_map(|person| person.seat.as_mut()).for_each(|seat| seat.day = *day);
            }
            CancelSignUp { .. } | CallOff { .. } => {
                self.leave_seat();
                // A case that is suspended comes back to where it was before it signed up.
                let state = self.back.as_mut().unwrap_or(&mut self.state);
                if *state == State::Resit {
                    *state = State::ExamFailed;
                } else {
                    (*state, self.agency) = (State::Accepted, None);
                }
            }
            ReportMisconduct { subject, text } => {
                if let Some(person) = &mut self.person {
                    person.misconduct.push(super::person::Misconduct { subject: subject.clone(), text: text.clone() });
                }
            }
            PublishMarks { scores } => self.publish_marks(scores, event),
            ComplainMarks { .. } => {
                self.start(Clock::Complaint, day);
                if let Some(person) = &mut self.person {
                    person.complaint = true;
                    person.sittings.last_mut().into_iter().for_each(|sitting| sitting.complained = true);
                }
            }
            AnswerComplaint { scores, lifted, .. } => {
                self.stop(&[Clock::Complaint], day);
                if let Some(person) = &mut self.person {
                    person.complaint = false;
                    if let Some(sitting) = person.sittings.last_mut() {
                        sitting.misconduct.retain(|one| !lifted.contains(one));
                        if !scores.is_empty() {
                            sitting.scores.clone_from(scores);
                        }
                    }
                }
                if !scores.is_empty() || !lifted.is_empty() {
                    self.judge_sitting(event);
                }
            }
            BeginExamination => self.state = State::Examining,
            Lapse => self.close(State::Lapsed, event),
            ReceiveReport => self.state = State::Examining,
            ReturnReport { .. } => {
                (self.conclusion, self.draft, self.explanation_due) = (None, None, false);
                self.stop(&[Clock::Rule], day);
                // What was considered rested on that report, and so did what was told of it.
                self.runs.retain(|run| run.clock != Clock::HearingRequest);
                self.pause(Reason::Review, day);
                self.reopen(Clock::Review);
                self.state = State::UnderReview;
            }
            AskExplanation { .. } => self.explanation_due = true,
            Explain { .. } => self.explanation_due = false,
            ProposeExtension { .. } => self.extension_proposed = true,
            Extend { .. } => self.extended = true,
            TellHearingRight { .. } => self.start(Clock::HearingRequest, day),
            WaiveHearing => self.stop(&[Clock::HearingRequest], day),
            RequestHearing { .. } => {
                self.hearing_requested = true;
                self.stop(&[Clock::HearingRequest], day);
                self.start(Clock::Hearing, day);
            }
            OpenHearing { on, .. } => {
                // Of one that nobody requested the time begins now.
                if !self.hearing_requested {
                    self.start(Clock::Hearing, day);
                }
                self.stop(&[Clock::HearingRequest], day);
                self.pause(Reason::Hearing, day);
                self.hearing_on = Some(*on);
                self.state = State::Hearing;
            }
            CloseHearing { .. } => {
                self.stop(&[Clock::Hearing], day);
                self.resume(Reason::Hearing, day);
                self.hearing_requested = false;
                self.state = State::Examining;
            }
            DraftDecision { draft } => {
                self.examiners.extend(draft.second.clone());
                // Who was told of a licence considered has not been told of its denial.
                if self.draft.as_ref().is_some_and(|before| before.grant != draft.grant) {
                    self.runs.retain(|run| run.clock != Clock::HearingRequest);
                }
                self.draft = Some(draft.clone());
            }
            SendToApproval => self.state = State::PendingApproval,
            SendBack { .. } => self.state = State::Examining,
            Grant { .. } => self.decide(State::Granted, event),
            Deny { .. } => self.decide(State::Denied, event),
            Issue { certificates } => {
                self.certificates.clone_from(certificates);
                self.ended_at = Some(event.at);
                self.state = State::Issued;
            }
            Deliver { .. } => {
                self.delivered = Some(day);
                self.stop(&[Clock::Delivery], day);
            }
            Publish => {
                self.published = Some(day);
                self.stop(&[Clock::Publicity], day);
            }
            Acknowledge { document } => {
                self.acknowledged.insert(document.clone());
            }
            Suspend { .. } => {
                self.pause(Reason::Suspension, day);
                self.back = Some(self.state);
                self.state = State::Suspended;
            }
            Resume { .. } => {
                self.resume(Reason::Suspension, day);
                self.state = self.back.take().unwrap_or(self.state);
            }
            Terminate { .. } => self.close(State::Terminated, event),
        }
    }

    fn judge_rectification(&mut self, handed_in: bool, confirmed: bool) {
        if let Some(rectification) = &mut self.rectification {
            (rectification.handed_in, rectification.confirmed) = (handed_in, confirmed);
        }
    }
}
