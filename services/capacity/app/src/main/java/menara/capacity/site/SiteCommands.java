package menara.capacity.site;

import java.time.Instant;
import menara.capacity.boundary.Boundary;

/** What capacity managers tell of the whole site. */
sealed interface SiteCommands {

    /** Add what a document has that is not there yet: nothing of it unless all of it is possible. */
    record ImportSite(SiteDocument document, Instant at) implements SiteCommands {

        /** Racks that are promised already count at the nodes they are connected to, so promises are looked at as well. */
        public Boundary boundary() {
            return new Boundary.Site();
        }
    }
}
