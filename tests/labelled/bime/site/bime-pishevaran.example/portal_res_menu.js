(function(){var m=document.querySelectorAll(".has-sub>a");for(var i=0;i<m.length;i++){m[i].onclick=function(){this.parentNode.className+=" open";return false}}})();
