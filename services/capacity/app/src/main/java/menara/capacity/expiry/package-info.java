/** What ends by itself when its time has come: a hold that was not confirmed, a reservation whose period is over. */
@NullMarked
package menara.capacity.expiry;

import org.jspecify.annotations.NullMarked;
