package menara.capacity.reservation;

import menara.capacity.campus.Boundary;

/** How many racks a wish for GPUs or power is. Changes nothing. */
record SizeRacks(RacksRequest wish) {

    public Boundary boundary() {
        return new Boundary.Layout();
    }
}
