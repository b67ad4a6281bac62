/** Capital calls: drafted by one person, issued by another once the milestone stands, answered by contributions. */
@NullMarked
package menara.investment.calls;

import org.jspecify.annotations.NullMarked;
