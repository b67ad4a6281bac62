package menara.values;

/** A node of the power tree: site, substation, hall, row, rack. */
public record NodeId(String value) implements TypedId<String> {

    public NodeId {
        Slug.require(value, "node");
    }

    @Override
    public String toString() {
        return value;
    }
}
