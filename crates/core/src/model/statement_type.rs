//! The closed set of statement types, each with its name.

words!(
    /// The type of a statement.
    StatementType, "type of statement" {
        /// Entry 0.
        LedgerCreate = "ledger.create",
        /// An organisation.
        OrganisationSet = "organisation.set",
        /// A key begins to sign.
        KeyEnroll = "key.enroll",
        /// A key hands over to the next.
        KeyRotate = "key.rotate",
        /// A key no longer signs.
        KeyRevoke = "key.revoke",
        /// Recovery keys replace an admin.
        KeyRecover = "key.recover",
        /// A new checkpoint key.
        CheckpointRotate = "checkpoint.rotate",
        /// The end of a checkpoint key.
        CheckpointRetire = "checkpoint.retire",
        /// The next rules.
        RulesUpgrade = "rules.upgrade",
        /// A rating scale.
        ScaleSet = "scale.set",
        /// An approval policy.
        PolicySet = "policy.set",
        /// A source.
        SourceAdd = "source.add",
        /// Bytes of a source.
        SourceCapture = "source.capture",
        /// Bytes no longer shown.
        SnapshotWithhold = "snapshot.withhold",
        /// The words of bytes without text, written down.
        SourceTranscribe = "source.transcribe",
        /// How sources relate.
        SourceRelate = "source.relate",
        /// What a source is to a claim.
        OriginAssess = "origin.assess",
        /// A claim.
        ClaimAdd = "claim.add",
        /// How claims relate.
        ClaimRelate = "claim.relate",
        /// Evidence about a claim.
        EvidenceAdd = "evidence.add",
        /// A verdict.
        VerdictIssue = "verdict.issue",
        /// A second person's word.
        VerdictAttest = "verdict.attest",
        /// Where it was published.
        VerdictPublish = "verdict.publish",
        /// What no longer stands.
        Withdraw = "withdraw",
        /// An objection.
        DisputeOpen = "dispute.open",
        /// The answer to one.
        DisputeAnswer = "dispute.answer",
        /// Another organisation's review.
        ReviewRecord = "review.record",
        /// Another ledger's head.
        CheckpointObserve = "checkpoint.observe",
    }
);

impl StatementType {
    /// Whether statements of this type must name the head that their signer knew.
    pub(crate) const fn needs_seen(self) -> bool {
        matches!(
            self,
            Self::VerdictIssue
                | Self::VerdictAttest
                | Self::Withdraw
                | Self::DisputeOpen
                | Self::DisputeAnswer
        )
    }
}
