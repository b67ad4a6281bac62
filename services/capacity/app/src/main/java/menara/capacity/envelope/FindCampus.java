package menara.capacity.envelope;

import menara.capacity.campus.Boundary;

/** The campus as decisions see it. Changes nothing. */
record FindCampus() {

    public Boundary boundary() {
        return new Boundary.Site();
    }
}
