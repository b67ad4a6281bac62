package menara.capacity.deratings;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Why a node carries less than it was built for. */
public enum DeratingCause {
    @JsonProperty("outage")
    OUTAGE("outage"),
    @JsonProperty("maintenance")
    MAINTENANCE("maintenance"),
    /** The heat cannot be carried away: a hot day, little water. */
    @JsonProperty("cooling")
    COOLING("cooling"),
    /** Held back on purpose, and only from uncommitted power. */
    @JsonProperty("reserve")
    RESERVE("reserve");

    private final String shown;

    DeratingCause(String shown) {
        this.shown = shown;
    }

    public String shown() {
        return shown;
    }
}
