package menara.investment.accounts;

import menara.values.PartnerId;

/** The capital accounts as they stand now; {@link Ledger#knownAt} looks back. */
public interface Accounts {

    Ledger all();

    /** Empty for a partner that does not exist. */
    Ledger of(PartnerId partner);
}
