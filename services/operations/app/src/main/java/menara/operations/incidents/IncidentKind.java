package menara.operations.incidents;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What it is that does not work: what an affected tenant is told instead of our notes. */
public enum IncidentKind {
    @JsonProperty("power")
    POWER("power"),
    @JsonProperty("cooling")
    COOLING("cooling"),
    @JsonProperty("network")
    NETWORK("network"),
    @JsonProperty("hardware")
    HARDWARE("hardware"),
    @JsonProperty("software")
    SOFTWARE("software"),
    /** None of these, or nobody knows yet. */
    @JsonProperty("other")
    OTHER("other");

    private final String shown;

    IncidentKind(String shown) {
        this.shown = shown;
    }

    public String shown() {
        return shown;
    }
}
