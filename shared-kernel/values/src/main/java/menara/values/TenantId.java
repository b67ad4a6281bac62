package menara.values;

/** A customer of the campus, as Keycloak names its organization. */
public record TenantId(String value) implements TypedId<String> {

    public TenantId {
        Slug.require(value, "tenant");
    }

    @Override
    public String toString() {
        return value;
    }
}
