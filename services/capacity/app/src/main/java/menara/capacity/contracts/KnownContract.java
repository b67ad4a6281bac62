package menara.capacity.contracts;

import menara.values.ContractId;
import menara.values.Period;
import menara.values.TenantId;
import menara.values.refusals.NotYet;
import menara.values.refusals.RuleViolated;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's contract and its term, which a commitment needs.
 *
 * @param contract the contract
 * @param tenant the contract's tenant
 * @param term when it is in force
 */
public record KnownContract(ContractId contract, TenantId tenant, Period term) {

    static final String UNKNOWN = "contract-unknown";
    static final String OUTSIDE_TERM = "outside-contract-term";

    /**
     * Whether racks may be committed to {@code tenant} under {@code contract} for {@code period}.
     *
     * @param known the contract, null if it is not known here
     * @throws NotYet if the contract is not known, or is another tenant's; both give the same message, so that no caller learns which ids
     * are in use
     * @throws RuleViolated if the period is not within the term
     */
    public static void require(@Nullable KnownContract known, ContractId contract, TenantId tenant, Period period) {
        if (known == null || !known.tenant().equals(tenant)) {
            throw new NotYet(
                    UNKNOWN,
                    "tenant %s has no contract %s that is known here; check the id, and if it was signed a moment ago, send the same request again in a few seconds"
                            .formatted(tenant, contract));
        }
        if (!known.covers(period)) {
            throw new RuleViolated(
                    OUTSIDE_TERM,
                    "contract %s is in force from %s until %s, and the period from %s until %s is not within it; choose a period within the term, or renew the contract first"
                            .formatted(
                                    contract,
                                    known.term().from(),
                                    known.term().until(),
                                    period.from(),
                                    period.until()));
        }
    }

    /** Whether racks may be committed now: the same rule, for requests that wait. */
    public static boolean allows(@Nullable KnownContract known, TenantId tenant, Period period) {
        return known != null && known.tenant().equals(tenant) && known.covers(period);
    }

    private boolean covers(Period period) {
        return !period.from().isBefore(term.from()) && !period.until().isAfter(term.until());
    }
}
