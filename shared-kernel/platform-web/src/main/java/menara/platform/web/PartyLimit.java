package menara.platform.web;

import java.util.HashMap;
import java.util.Map;

/** How much of something is taken at a time, requests or bytes: by each party, and by all together. */
public final class PartyLimit {

    /** What became of the wish to take some. */
    public enum Place {
        TAKEN,
        PARTY_HAS_ITS_SHARE,
        ALL_IS_TAKEN
    }

    private final long perParty;
    private final long forAll;

    /** Who has taken nothing is not in it, so it is as small as what is under way. */
    private final Map<String, Long> byParty = new HashMap<>();

    private long all;

    /**
     * @param perParty how much a party may have at a time
     * @param forAll how much may be taken together
     */
    public PartyLimit(long perParty, long forAll) {
        this.perParty = perParty;
        this.forAll = forAll;
    }

    public long perParty() {
        return perParty;
    }

    /** Takes it if there is a place for it; then it is to be given back. */
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

    /** What all have taken together. */
    public synchronized long taken() {
        return all;
    }
}
