package menara.billing.meters;

import menara.values.TypedId;

/** The code of a meter as an id of its history. */
record MeterCode(String value) implements TypedId<String> {
    @Override
    public String toString() {
        return value;
    }
}
