//! `doctor`.

use serde_json::json;
use switchboard_api::{ApiError, Finding, UseCases};

use crate::args::Doctor;
use crate::exit::Exit;
use crate::failure::Failure;
use crate::hold::{Place, once};
use crate::out::Out;
use crate::{plain, words};

pub(crate) async fn run(place: &mut Place, out: Out, args: &Doctor) -> Result<Exit, Failure> {
    let findings = match args.report {
        true => match once(place, false, async |client| {
            Ok(client.diagnostics().await?)
        })
        .await
        {
            Ok(report) => {
                out.result(&json!({ "report": report }), |_| plain::lines(&report))?;
                return Ok(Exit::Done);
            }
            Err(failure) => Err(failure),
        },
        false => once(place, false, async |client| Ok(client.doctor().await?)).await,
    };
    let findings = match findings {
        // That the workspace does not open is what the doctor is asked about.
        Err(Failure::Api(error)) => vec![unopened(&error)],
        findings => findings?,
    };
    out.result(&json!({ "findings": findings }), |_| lines(&findings))?;
    match findings.iter().all(|finding| finding.ok) {
        true => Ok(Exit::Done),
        false => Ok(Exit::Failed),
    }
}

fn unopened(error: &ApiError) -> Finding {
    Finding {
        check: "workspace".into(),
        subject: None,
        ok: false,
        sentence: words::sentence(error),
    }
}

fn lines(findings: &[Finding]) -> String {
    let lines = findings.iter().map(|finding| {
        let mark = if finding.ok { "ok " } else { "BAD" };
        let subject = finding
            .subject
            .as_ref()
            .map(|subject| plain::one_line(subject, 40));
        let subject = subject
            .map(|subject| format!(" ({subject})"))
            .unwrap_or_default();
        let sentence = plain::one_line(&finding.sentence, 500);
        format!("{mark}  {}{subject}: {sentence}", finding.check)
    });
    lines.collect::<Vec<_>>().join("\n")
}
