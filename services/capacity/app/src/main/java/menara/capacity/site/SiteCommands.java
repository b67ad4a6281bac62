package menara.capacity.site;

import java.time.Instant;
import menara.capacity.boundary.Boundary;

/** The whole site, as capacity managers import it. */
sealed interface SiteCommands {

    /** Add what a document has that is not there yet: nothing of it unless all of it is possible. */
    record ImportSite(SiteDocument document, Instant at) implements SiteCommands {

        /** Racks that are committed already count at the nodes they are connected to, so commitments are looked at as well. */
        public Boundary boundary() {
            return new Boundary.Site();
        }
    }
}
