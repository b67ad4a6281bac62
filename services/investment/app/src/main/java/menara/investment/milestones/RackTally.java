package menara.investment.milestones;

/** Whether a rack was counted. */
enum RackTally {
    NOT_COUNTED,
    COUNTED;

    static RackTally evolve(RackTally tally, MilestoneEvent event) {
        return switch (event) {
            case RackCounted _ -> COUNTED;
            case MilestoneSet _, MilestoneReached _ -> tally;
        };
    }
}
