package menara.capacity.inventory;

import java.util.List;
import menara.values.RackId;

/**
 * The result of an import, rack by rack.
 *
 * @param accepted racks that are new
 * @param unchanged racks that were there already with the same content
 * @param rejected racks that were left out, and why
 */
record ImportResult(int accepted, int unchanged, List<RejectedRack> rejected) {

    /**
     * @param index position in the batch, from 0
     * @param rack its name
     * @param detail what is wrong and how to mend it
     */
    record RejectedRack(int index, RackId rack, String detail) {}
}
