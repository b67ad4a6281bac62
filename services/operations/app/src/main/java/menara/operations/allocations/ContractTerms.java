package menara.operations.allocations;

import java.time.Instant;
import java.time.ZoneId;
import menara.values.ContractId;
import menara.values.TenantId;

/**
 * What operations needs of a contract.
 *
 * @param contract the contract
 * @param tenant its tenant
 * @param timeZone zone in which its calendar months are counted
 * @param signedAt when billing announced it
 */
public record ContractTerms(ContractId contract, TenantId tenant, ZoneId timeZone, Instant signedAt) {}
