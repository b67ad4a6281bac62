/** Tests of what the platform does in every service and no service can be made to do at will. */
@NullMarked
package menara.platform.documents;

import org.jspecify.annotations.NullMarked;
