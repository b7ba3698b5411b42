//! Which options or fields to give where two of them contradict each other. The core says what contradicts what; it knows no
//! options.

/// What to do about a contradiction, by the words of the core.
pub(super) fn options(said: &str) -> Option<&'static str> {
    let known = CONTRADICTIONS.iter();
    let mut found = known.filter(|(words, _)| said.contains(words));
    found.next().map(|(_, step)| *step)
}

/// The words of the core about what a person can type, and what to type instead.
pub const CONTRADICTIONS: &[(&str, &str)] = &[
    (
        "only a forecast has a date on which it falls due",
        "Add --about forecast, or leave --due out.",
    ),
    (
        "verbatim words are their own original",
        "Leave --original and --original-language out, or give --wording translated.",
    ),
    (
        "a source that was never held is known through another one, or for a reason",
        "Add --known-through SOURCE or --seen-by TEXT.",
    ),
    (
        "a search that found nothing says where and on which day, and names no source",
        "With --stance notFound give --searched PLACE and --on DATE, and no source.",
    ),
    (
        "evidence other than notFound names its source, and no search",
        "Name the source after the claim, and leave --searched and --on out; or give --stance notFound.",
    ),
    (
        "a source is not its own upstream",
        "Leave the source itself out of --via.",
    ),
    (
        "an overlap is at most 1000 permille",
        "Give --permille a number from 0 to 1000.",
    ),
    (
        "text overlap cannot show independence",
        "Give --basis judgement with --note REASON, or another relation.",
    ),
    (
        "from and to are the same statement",
        "Name two different sources or claims.",
    ),
    (
        "a compromised key, and only such a one, is distrusted from an index",
        "Give --distrust-from together with --reason compromised, and neither without the other.",
    ),
    (
        "an importer is software and has no other role",
        "Give --role importer alone, or leave it out.",
    ),
    (
        "the recovery threshold is from 1 to the number of keys",
        "Give --recovery-threshold a number from 1 to the number of files after --recovery-key.",
    ),
    (
        "two entries of a scale share a code",
        "Give each [[rating]] of the file another `code`.",
    ),
    (
        "two entries of a scale share a label",
        "Give each [[rating]] of the file another `label`.",
    ),
    (
        "two entries of a scale share a number",
        "Give each [[rating]] of the file another `number`, or none.",
    ),
    (
        "a scale with numbers, and only such a one, says what a greater number means",
        "Add `direction = \"higherIsTruer\"` or `direction = \"lowerIsTruer\"` to the file, or leave out `direction` and every `number`.",
    ),
    (
        "approvalsFrom and evidenceFrom list other organisations; one's own always counts",
        "Leave your own organisation out of `approvals-from` and `evidence-from`.",
    ),
    (
        "approvals are by roles: both are given, or neither",
        "Give `approvals` and `roles` in the file, or `approvals = 0` without `roles`.",
    ),
    (
        "no more holders than approvals, no more organisations than holders",
        "Lower `holders` to at most `approvals`, and `organisations` to at most `holders`.",
    ),
];
