/**
 * The event store in a Spring Boot application: what an application declares to decide, project, follow, publish and work when it is time, and the
 * wiring behind it. It knows of no application.
 */
@NullMarked
package menara.eventstore.spring;

import org.jspecify.annotations.NullMarked;
