package menara.investment.commitments;

import menara.values.TypedId;

/**
 * A pot of commitments in one currency out of which capital is called.
 *
 * @param value its name
 */
public record FundId(String value) implements TypedId<String> {

    /** The consortium has one fund for the whole campus; events name it so that a second one needs no new event. */
    public static final FundId CAMPUS = new FundId("campus");

    @Override
    public String toString() {
        return value;
    }
}
