package menara.values;

/** A rack in the hall, by its name on the floor plan. */
public record RackId(String value) implements TypedId<String> {

    public RackId {
        Slug.require(value, "rack");
    }

    @Override
    public String toString() {
        return value;
    }
}
