package da3.evaluation.suite.dataset;

import da3.geometry.PointCloud;
import da3.io.PlyReader;
import da3.io.PlySurface;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** Laser scans that a MeshLab project brings into one frame: PLY files, each with a 4x4 matrix. */
final class AlignedScans {

    private AlignedScans() {}

    /** Returns the points of all scans in the frame of the project. */
    static PointCloud read(DataSetFolder folder, Path project) throws IOException {
        NodeList meshes = parse(folder, project).getElementsByTagName("MLMesh");
        if (meshes.getLength() == 0) {
            throw folder.malformed(project, "names no scan");
        }
        List<PlySurface> scans = new ArrayList<>();
        int coordinates = 0;
        for (int i = 0; i < meshes.getLength(); i++) {
            Element mesh = (Element) meshes.item(i);
            Path file = project.resolveSibling(mesh.getAttribute("filename"));
            if (!Files.isRegularFile(file)) {
                throw folder.missing(file, "a laser scan");
            }
            PlySurface scan = PlyReader.read(file);
            transform(scan.positions(), matrix(folder, project, mesh));
            scans.add(scan);
            coordinates = Math.addExact(coordinates, scan.positions().length);
        }
        float[] positions = new float[coordinates];
        byte[] colors = new byte[coordinates];
        int at = 0;
        for (PlySurface scan : scans) {
            System.arraycopy(scan.positions(), 0, positions, at, scan.positions().length);
            System.arraycopy(scan.colors(), 0, colors, at, scan.colors().length);
            at += scan.positions().length;
        }
        return new PointCloud(positions, colors);
    }

    private static Element parse(DataSetFolder folder, Path project) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(project.toFile()).getDocumentElement();
        } catch (SAXException | ParserConfigurationException e) {
            throw folder.malformed(project, "is not a MeshLab project: " + e.getMessage());
        }
    }

    private static double[] matrix(DataSetFolder folder, Path project, Element mesh) throws IOException {
        NodeList matrices = mesh.getElementsByTagName("MLMatrix44");
        if (matrices.getLength() != 1) {
            throw folder.malformed(
                    project,
                    "must have one MLMatrix44 for " + mesh.getAttribute("filename") + ", got " + matrices.getLength());
        }
        return TextNumbers.parse(folder, project, List.of(matrices.item(0).getTextContent()), 16);
    }

    /** Transforms in place; the matrix may scale. */
    private static void transform(float[] positions, double[] matrix) {
        for (int i = 0; i < positions.length; i += 3) {
            float[] p = Arrays.copyOfRange(positions, i, i + 3);
            for (int axis = 0; axis < 3; axis++) {
                positions[i + axis] = (float) (matrix[4 * axis] * p[0]
                        + matrix[4 * axis + 1] * p[1]
                        + matrix[4 * axis + 2] * p[2]
                        + matrix[4 * axis + 3]);
            }
        }
    }
}
