package menara.investment.milestones;

/** What happens to the milestones of a phase. */
public sealed interface MilestoneEvent permits MilestoneSet, RackCounted, MilestoneReached {}
