package menara.values;

/** A building phase of the campus. */
public record PhaseId(String value) implements TypedId<String> {

    public PhaseId {
        Slug.require(value, "phase");
    }

    @Override
    public String toString() {
        return value;
    }
}
