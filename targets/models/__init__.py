from targets.models.areas import Area
from targets.models.compilations import Compilation, CompilationSource, ReportFile
from targets.models.items import TargetItem
from targets.models.submissions import Submission

__all__ = ["Area", "Compilation", "CompilationSource", "ReportFile", "Submission", "TargetItem"]
