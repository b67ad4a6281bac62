package menara.operations.incidents;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What does not work: an affected tenant sees this instead of internal notes. */
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
    /** None of these, or not known yet. */
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
