package menara.investment.milestones;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a milestone asks for. */
enum MilestoneKind {
    /** A number of GPUs energised in the phase, as operations reports them. */
    @JsonProperty("gpus-energised")
    GPUS_ENERGISED
}
