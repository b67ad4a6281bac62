package menara.capacity.layout;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a node of the power tree is, from the grid down to the rack; a node is never fed by one further down. */
public enum NodeKind {
    @JsonProperty("utility")
    UTILITY("utility"),
    @JsonProperty("substation")
    SUBSTATION("substation"),
    @JsonProperty("switchboard")
    SWITCHBOARD("switchboard"),
    @JsonProperty("floor-pdu")
    FLOOR_PDU("floor-pdu"),
    @JsonProperty("rack-pdu")
    RACK_PDU("rack-pdu"),
    /** A cooling unit, or a group of them: its limit is the heat it carries away. */
    @JsonProperty("cooling")
    COOLING("cooling");

    private final String shown;

    NodeKind(String shown) {
        this.shown = shown;
    }

    public String shown() {
        return shown;
    }
}
