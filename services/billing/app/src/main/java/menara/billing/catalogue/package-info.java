/** Price plans: what a unit of a meter costs, from when on; versions are added and never changed. */
@NullMarked
package menara.billing.catalogue;

import org.jspecify.annotations.NullMarked;
