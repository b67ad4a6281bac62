/** What a contract is expected to bring, revised when something changes it and published when it differs. */
@NullMarked
package menara.billing.forecast;

import org.jspecify.annotations.NullMarked;
