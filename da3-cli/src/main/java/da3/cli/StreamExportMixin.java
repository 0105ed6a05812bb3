package da3.cli;

import da3.geometry.check.Check;
import da3.streaming.MapFormat;
import da3.streaming.PointOptions;
import java.util.LinkedHashSet;
import java.util.Set;
import picocli.CommandLine.Option;

/** Export options of a map: formats, number of points, and voxel size. */
final class StreamExportMixin {

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--export-format",
            paramLabel = "FORMATS",
            defaultValue = "tum-intrinsics-ply",
            description =
                    "Formats, joined by -: tum, kitti, intrinsics, ply, 3dtiles, mesh, glb (the mesh), gaussians, colmap. "
                            + "tum, intrinsics and ply are always written. Default: ${DEFAULT-VALUE}.")
    private String formats;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--max-points",
            paramLabel = "N",
            defaultValue = "2000000",
            description =
                    "Maximum number of points in points.ply and 3D Tiles, and of Gaussians. Default: ${DEFAULT-VALUE}.")
    private int maxPoints;

    @HelpGroup.In(HelpGroup.EXPORT)
    @Option(
            names = "--voxel-size",
            paramLabel = "LENGTH",
            description = "Side of a voxel of the mesh in the unit of the map. Default: 1/100 of the median depth.")
    private Double voxelSize;

    /** Returns the formats, those that are always written first. */
    Set<MapFormat> formats() {
        Set<MapFormat> exported = new LinkedHashSet<>(MapFormat.DEFAULTS);
        exported.addAll(MapFormat.parse(formats));
        return exported;
    }

    /** @throws IllegalArgumentException if the size of a voxel is given without a mesh, or a value is out of range */
    PointOptions points() {
        PointOptions points = PointOptions.defaults().withMaxPoints(maxPoints);
        if (voxelSize == null) {
            return points;
        }
        Set<MapFormat> exported = formats();
        if (!exported.contains(MapFormat.MESH) && !exported.contains(MapFormat.GLB)) {
            throw new IllegalArgumentException("--voxel-size requires --export-format mesh or glb");
        }
        return points.withVoxelSize(Check.positive("--voxel-size", voxelSize));
    }
}
