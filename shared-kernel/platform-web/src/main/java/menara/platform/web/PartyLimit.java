package menara.platform.web;

import java.util.HashMap;
import java.util.Map;

/** Limits how much is in use at a time, requests or bytes, by each party and in total. */
public final class PartyLimit {

    /** The result of a request for some. */
    public enum Place {
        TAKEN,
        PARTY_HAS_ITS_SHARE,
        ALL_IS_TAKEN
    }

    private final long perParty;
    private final long forAll;

    /** Parties that use nothing are not in it, so it stays small. */
    private final Map<String, Long> byParty = new HashMap<>();

    private long all;

    /**
     * @param perParty how much a party may have at a time
     * @param forAll how much may be in use in total
     */
    public PartyLimit(long perParty, long forAll) {
        this.perParty = perParty;
        this.forAll = forAll;
    }

    public long perParty() {
        return perParty;
    }

    /** Takes the amount if there is room for it; the caller must give it back. */
    public synchronized Place take(String party, long amount) {
        long own = byParty.getOrDefault(party, 0L);
        if (own + amount > perParty) {
            return Place.PARTY_HAS_ITS_SHARE;
        }
        if (all + amount > forAll) {
            return Place.ALL_IS_TAKEN;
        }
        byParty.put(party, own + amount);
        all += amount;
        return Place.TAKEN;
    }

    public synchronized void giveBack(String party, long amount) {
        if (amount > 0) {
            byParty.computeIfPresent(party, (_, own) -> own <= amount ? null : own - amount);
            all -= amount;
        }
    }

    /** The total in use. */
    public synchronized long taken() {
        return all;
    }
}
