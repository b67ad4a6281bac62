package menara.crooked.rooms;

import org.springframework.web.bind.annotation.RestController;

/** A controller that does not say so. */
@RestController
class Rooms {}
