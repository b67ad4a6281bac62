package menara.capacity.site;

import menara.capacity.campus.Boundary;

/** Look at the layout as decisions see it. Changes nothing. */
record ReadSite() {

    public Boundary boundary() {
        return new Boundary.Layout();
    }
}
