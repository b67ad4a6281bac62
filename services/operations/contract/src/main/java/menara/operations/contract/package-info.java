/** What the operations service publishes: energised assets, incidents and measured availability. */
@NullMarked
package menara.operations.contract;

import org.jspecify.annotations.NullMarked;
