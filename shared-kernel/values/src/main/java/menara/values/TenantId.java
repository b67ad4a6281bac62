package menara.values;

import java.util.Optional;

/** A customer of the campus, as Keycloak names its organization. */
public record TenantId(String value) implements TypedId<String> {

    public TenantId {
        Slug.require(value, "tenant");
    }

    /** The tenant of this name; empty if the name is not valid. */
    public static Optional<TenantId> called(String alias) {
        return Slug.isOne(alias) ? Optional.of(new TenantId(alias)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
