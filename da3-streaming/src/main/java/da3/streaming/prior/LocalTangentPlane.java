package da3.streaming.prior;

import da3.geometry.check.Check;
import da3.geometry.math.Vec3;

/**
 * The plane that touches the ellipsoid of WGS 84 at an origin: coordinates in meters to the east, to the north and up.
 *
 * <p>Source: NGA.STND.0036, "Department of Defense World Geodetic System 1984", for the ellipsoid; Hofmann-Wellenhof et
 * al., "GNSS", 2008, sections 8.2 and 8.3, for the transformations.
 */
public final class LocalTangentPlane {

    private static final double EQUATORIAL_RADIUS = 6_378_137;
    private static final double FLATTENING = 1 / 298.257223563;
    private static final double ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING);

    private final Vec3 origin;
    private final Vec3 east;
    private final Vec3 north;
    private final Vec3 up;

    /**
     * Creates the plane at an origin.
     *
     * @param latitude geodetic latitude in degrees, -90 to 90
     * @param longitude in degrees
     * @param altitude height above the ellipsoid in meters
     */
    public LocalTangentPlane(double latitude, double longitude, double altitude) {
        origin = geocentric(latitude, longitude, altitude);
        double phi = Math.toRadians(latitude);
        double lambda = Math.toRadians(longitude);
        east = new Vec3(-Math.sin(lambda), Math.cos(lambda), 0);
        up = new Vec3(Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi));
        north = up.cross(east);
    }

    /** Returns the coordinates (east, north, up) of a point in meters; the arguments are those of the constructor. */
    public Vec3 coordinates(double latitude, double longitude, double altitude) {
        Vec3 difference = geocentric(latitude, longitude, altitude).minus(origin);
        return new Vec3(east.dot(difference), north.dot(difference), up.dot(difference));
    }

    /** Returns coordinates from the center of the earth, with x towards longitude 0 and z towards the north pole. */
    static Vec3 geocentric(double latitude, double longitude, double altitude) {
        double phi = Math.toRadians(Check.inRange("latitude", -90, 90, latitude));
        double lambda = Math.toRadians(Check.finite("longitude", longitude));
        double sin = Math.sin(phi);
        double radius = EQUATORIAL_RADIUS / Math.sqrt(1 - ECCENTRICITY_SQUARED * sin * sin);
        double toAxis = (radius + Check.finite("altitude", altitude)) * Math.cos(phi);
        return new Vec3(
                toAxis * Math.cos(lambda),
                toAxis * Math.sin(lambda),
                ((1 - ECCENTRICITY_SQUARED) * radius + altitude) * sin);
    }
}
