package menara.values;

/** A member of the consortium, as Keycloak names its organization. */
public record PartnerId(String value) implements TypedId<String> {

    public PartnerId {
        Slug.require(value, "partner");
    }

    @Override
    public String toString() {
        return value;
    }
}
