document.write("<span>18°</span>");
